package org.sparkgrad.job.checkpoint;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.CheckpointSettings;
import org.sparkgrad.job.optimize.SavedState;

/** The checkpoints of one training: the one it goes on from, and those it writes. */
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

    /** Of a training that keeps none. */
    public static Checkpoints none() {
        RunIdentity nobody = new RunIdentity(Map.of(), Map.of(), Map.of(), "");
        return new Checkpoints(null, new CheckpointSchedule(null, 0), null, nobody);
    }

    /**
     * Looks for the last one, if the training is to go on from it.
     *
     * @param identity of the training, without its data
     * @param note hears what was found
     * @throws org.sparkgrad.job.problem.JobException if it is of other settings, or all there are are damaged
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
     * Takes what data and engine are known by.
     *
     * @throws org.sparkgrad.job.problem.JobException if the training would go on over others
     */
    public void know(Map<String, String> data) {
        identity = identity.withData(data);
        if (resumed != null) {
            resumed.identity().refuseOtherData(identity);
        }
    }

    /** Takes what computes. */
    public void computedBy(String devices) {
        identity = identity.withComputedBy(devices);
    }

    /** Returns where the training goes on, if it does not start anew. */
    public Optional<Checkpoint> resumed() {
        return Optional.ofNullable(resumed);
    }

    /** Returns whether one is to be written at this step, by the schedule. */
    public boolean isDue(int step) {
        return folder != null && schedule.isDue(step);
    }

    /**
     * Writes one.
     *
     * @param progress so far
     * @param state of optimizer and objective
     * @return the folder; empty if none are kept
     * @throws IOException if it cannot be written
     */
    public Optional<String> write(Checkpoint.Progress progress, SavedState state) throws IOException {
        if (folder == null) {
            return Optional.empty();
        }
        schedule.wrote(progress.step()); // and so is one that fails, lest every step tries again
        progress.save(state);
        folder.write(new Checkpoint(identity, progress, state));
        return Optional.of(folder.toString());
    }
}
