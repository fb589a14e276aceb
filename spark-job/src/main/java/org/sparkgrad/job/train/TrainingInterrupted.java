package org.sparkgrad.job.train;

import org.sparkgrad.job.checkpoint.Checkpoint;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Thrown when a signal has stopped a training, after its checkpoint was written. */
public final class TrainingInterrupted extends JobException {
    private static final long serialVersionUID = 1L;

    private final transient Checkpoint.Progress progress;

    TrainingInterrupted(Checkpoint.Progress progress, String folder) {
        super(
                ExitCode.INTERRUPTED,
                "interrupted after step %d, saved in %s: the same command with --resume goes on"
                        .formatted(progress.step(), folder));
        this.progress = progress;
    }

    /** Returns the progress at the stop. */
    public Checkpoint.Progress progress() {
        return progress;
    }
}
