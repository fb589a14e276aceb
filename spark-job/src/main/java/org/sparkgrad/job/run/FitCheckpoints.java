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
 * The checkpoints of trainings without an output. Each training has a subfolder whose name follows from its settings
 * and data. So many trainings of a grid share one folder, and each finds its own checkpoints.
 */
final class FitCheckpoints {
    private final @Nullable CheckpointFolder folder;
    private final Checkpoints checkpoints;

    private FitCheckpoints(@Nullable CheckpointFolder folder, Checkpoints checkpoints) {
        this.folder = folder;
        this.checkpoints = checkpoints;
    }

    /**
     * Returns the checkpoints of a training; resumes one with the same settings and data if it was stopped.
     *
     * @param directory the folder; null for no checkpoints
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

    Checkpoints checkpoints() {
        return checkpoints;
    }

    /** Removes the checkpoints after the training has finished. */
    void delete() {
        if (folder != null) {
            folder.delete();
        }
    }
}
