package org.sparkgrad.job.checkpoint;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.CheckpointSettings;
import org.sparkgrad.job.optimize.SavedState;

/** The checkpoints of one training: the checkpoint from which it resumes, and the checkpoints that it writes. */
public final class Checkpoints {
    private final @Nullable CheckpointFolder folder;
    private final CheckpointSchedule schedule;
    private final @Nullable Checkpoint resumed;
    private RunIdentity identity;

    private Checkpoints(
            @Nullable CheckpointFolder folder,
            CheckpointSchedule schedule,
            @Nullable Checkpoint resumed,
            RunIdentity identity) {
        this.folder = folder;
        this.schedule = schedule;
        this.resumed = resumed;
        this.identity = identity;
    }

    /** Returns the checkpoints of a training that writes none. */
    public static Checkpoints none() {
        RunIdentity nobody = new RunIdentity(Map.of(), Map.of(), Map.of(), "");
        return new Checkpoints(null, new CheckpointSchedule(null, 0), null, nobody);
    }

    /**
     * Finds the last checkpoint, if the training is to resume.
     *
     * @param identity the identity of the training, without its data
     * @param note receives a line about the checkpoint found
     * @throws org.sparkgrad.job.problem.JobException if the checkpoint is one of other settings, or if all checkpoints
     *     are damaged
     */
    public static Checkpoints open(
            CheckpointFolder folder, CheckpointSettings settings, RunIdentity identity, Consumer<String> note) {
        Optional<Checkpoint> last = settings.resume() ? folder.last(note) : Optional.empty();
        last.ifPresent(checkpoint -> checkpoint.identity().refuseOtherSettings(identity));
        if (settings.resume() && last.isEmpty()) {
            note.accept("there is no checkpoint in %s: starting anew".formatted(folder));
        }
        CheckpointSchedule schedule = new CheckpointSchedule(settings.steps(), settings.seconds());
        return new Checkpoints(folder, schedule, last.orElse(null), identity);
    }

    /**
     * Sets the identifying values of the data and the engine.
     *
     * @throws org.sparkgrad.job.problem.JobException if the training would resume with other data or another engine
     */
    public void know(Map<String, String> data) {
        identity = identity.withData(data);
        if (resumed != null) {
            resumed.identity().refuseOtherData(identity);
        }
    }

    /** Sets the devices that compute. */
    public void computedBy(String devices) {
        identity = identity.withComputedBy(devices);
    }

    /** Returns the checkpoint from which the training resumes, or empty. */
    public Optional<Checkpoint> resumed() {
        return Optional.ofNullable(resumed);
    }

    /** Returns whether a checkpoint is due at this step. */
    public boolean isDue(int step) {
        return folder != null && schedule.isDue(step);
    }

    /**
     * Writes a checkpoint.
     *
     * @param progress the progress so far
     * @param state the state of optimizer and objective
     * @return the folder of the checkpoint; empty if no checkpoints are written
     * @throws IOException if the checkpoint cannot be written
     */
    public Optional<String> write(Checkpoint.Progress progress, SavedState state) throws IOException {
        if (folder == null) {
            return Optional.empty();
        }
        schedule.wrote(progress.step()); // counts also if the write fails, so that not every later step tries again
        progress.save(state);
        folder.write(new Checkpoint(identity, progress, state));
        return Optional.of(folder.toString());
    }
}
