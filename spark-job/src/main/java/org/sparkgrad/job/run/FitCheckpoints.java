package org.sparkgrad.job.run;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.checkpoint.CheckpointFolder;
import org.sparkgrad.job.checkpoint.Checkpoints;
import org.sparkgrad.job.checkpoint.RunIdentity;
import org.sparkgrad.job.config.CheckpointSettings;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.shard.BitsHash;
import org.sparkgrad.job.train.ResumeCheck;
import org.sparkgrad.job.train.TrainingTask;

/**
 * Checkpoints of trainings that have no output: in a folder's folder whose name follows from settings and data, so that
 * the many trainings of a grid share one folder, and each finds its own.
 */
final class FitCheckpoints {
    private final @Nullable CheckpointFolder folder;
    private final Checkpoints checkpoints;

    private FitCheckpoints(@Nullable CheckpointFolder folder, Checkpoints checkpoints) {
        this.folder = folder;
        this.checkpoints = checkpoints;
    }

    /**
     * Goes on from a training of the same settings over the same data, if one was stopped.
     *
     * @param directory null keeps none
     */
    static FitCheckpoints of(
            Configuration conf,
            @Nullable String directory,
            TrainingTask task,
            EngineChoice engine,
            Consumer<String> note) {
        if (directory == null) {
            return new FitCheckpoints(null, Checkpoints.none());
        }
        Map<String, String> config = new LinkedHashMap<>();
        config.put("model", task.model().toString());
        config.put("optimizer", task.optimizer().toString());
        config.put("initial", start(task.initial()));
        config.put("bounds", bounds(task.bounds()));
        RunIdentity identity = ResumeCheck.identity(config);
        Map<String, String> data = ResumeCheck.data(task.set(), List.of(), engine);
        String name = UUID.nameUUIDFromBytes(identity.withData(data).toString().getBytes(StandardCharsets.UTF_8))
                .toString();
        CheckpointFolder folder = new CheckpointFolder(conf, directory + "/" + name);
        CheckpointSettings usual = CheckpointSettings.DEFAULT;
        CheckpointSettings settings = new CheckpointSettings(usual.steps(), usual.seconds(), true);
        Checkpoints checkpoints = Checkpoints.open(folder, settings, identity, note);
        checkpoints.know(data);
        return new FitCheckpoints(folder, checkpoints);
    }

    private static String start(@Nullable Coefficients initial) {
        return initial == null ? "" : hash(initial.values());
    }

    private static String bounds(@Nullable Bounds bounds) {
        return bounds == null ? "" : hash(bounds.lower()) + hash(bounds.upper());
    }

    private static String hash(double[] numbers) {
        return java.util.HexFormat.of().formatHex(new BitsHash().add(numbers).bytes());
    }

    /** Returns them. */
    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Removes them: the training is done. */
    void delete() {
        if (folder != null) {
            folder.delete();
        }
    }
}
