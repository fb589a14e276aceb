package org.sparkgrad.job.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.sparkgrad.job.checkpoint.Checkpoint;
import org.sparkgrad.job.checkpoint.RunIdentity;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.Problem;
import org.sparkgrad.job.report.Versions;

/** The identity of a run that can be resumed, and the checks before a run resumes. */
public final class ResumeCheck {
    private static final List<String> VERSIONS = List.of("sparkgrad", "spark");

    private ResumeCheck() {}

    /** Returns the identity of a run before its data are known. */
    public static RunIdentity identity(Map<String, String> decisive) {
        Map<String, String> versions = new LinkedHashMap<>(Versions.current());
        versions.keySet().retainAll(VERSIONS);
        return new RunIdentity(versions, decisive, Map.of(), "");
    }

    /** Returns the identifying values of data and engine, before the first gradient gives more. */
    public static Map<String, String> data(TrainingSet set, List<String> labels, EngineChoice engine) {
        return Map.of(
                "rows", Long.toString(set.statistics().rows()),
                "features", Integer.toString(set.features()),
                "classes", Integer.toString(set.classes()),
                "labels", String.join(", ", labels),
                "shards", Integer.toString(set.rows().count()),
                "sparse", Boolean.toString(set.scale().sparse()),
                "statisticsSha256", set.statistics().sha256(),
                "engine", engine.name(),
                "precision", engine.precision().name());
    }

    /** Returns whether a new start of the same command may get further. A refusal would be repeated. */
    public static boolean helps(Throwable failure) {
        ExitCode code = Problem.of(failure).exitCode();
        return code != ExitCode.USAGE && code != ExitCode.DATA;
    }

    /** Returns the devices that compute, with their instruction sets. */
    static String computedBy(List<WorkerReport> workers) {
        TreeSet<String> devices = new TreeSet<>();
        workers.forEach(worker ->
                devices.add(worker.engine().device() + " (" + worker.engine().instructionSet() + ")"));
        return String.join(", ", devices);
    }

    /** Returns the exception for a resumed run whose first gradient differs. */
    static JobException otherBits(Checkpoint saved, List<WorkerReport> workers) {
        String then = saved.identity().computedBy();
        String now = computedBy(workers);
        return JobException.data(
                "the checkpoint's first gradient, computed again, has other bits: %s. Leave --resume out to start anew"
                        .formatted(
                                then.equals(now)
                                        ? "a value of the data has changed"
                                        : "it was computed by %s, and now by %s, or a value of the data has changed"
                                                .formatted(then, now)));
    }

    /**
     * Returns the settings for the rest of the run; the seconds of both runs are added.
     *
     * @throws JobException (USAGE) if the checkpoint is beyond the limit of steps or epochs
     */
    static OptimizerSettings settings(OptimizerSettings settings, Optional<Checkpoint.Progress> before) {
        if (before.isEmpty()) {
            return settings;
        }
        boolean miniBatch = Optimizers.isMiniBatch(settings);
        int done = miniBatch ? before.get().epoch() : before.get().step();
        if (done >= Optimizers.limit(settings)) {
            throw new JobException(
                    ExitCode.USAGE,
                    "the checkpoint is of %s %d, and %s is %d: give more"
                            .formatted(
                                    miniBatch ? "epoch" : "step",
                                    done,
                                    miniBatch ? "--epochs" : "--max-iter",
                                    Optimizers.limit(settings)));
        }
        Double seconds = settings.maxSeconds();
        return settings.withMaxSeconds(
                seconds == null ? null : seconds - before.get().seconds());
    }
}
