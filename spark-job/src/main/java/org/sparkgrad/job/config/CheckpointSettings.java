package org.sparkgrad.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the state of a training is saved, and whether a training resumes from a saved state.
 *
 * @param steps the number of steps between checkpoints; null for no checkpoints by steps
 * @param seconds the number of seconds between checkpoints; 0 for no checkpoints by time
 * @param resume whether to resume from the checkpoint of an earlier run
 */
public record CheckpointSettings(@Nullable Integer steps, double seconds, boolean resume) implements Serializable {
    /** Checkpoints every ten minutes, without resuming. */
    public static final CheckpointSettings DEFAULT = new CheckpointSettings(null, 600, false);
}
