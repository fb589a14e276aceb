package org.sparkgrad.job.train;

import org.sparkgrad.job.checkpoint.Checkpoint;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** A training that a signal has stopped, after its checkpoint was written. */
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

    /** Returns how far it was. */
    public Checkpoint.Progress progress() {
        return progress;
    }
}
