package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * The destination of the result.
 *
 * @param output the folder, on any Hadoop file system
 * @param overwrite whether an existing folder is replaced after the new one is complete
 * @param checkpoints the settings of checkpoints during the run
 */
public record OutputSettings(String output, boolean overwrite, CheckpointSettings checkpoints) implements Serializable {
    /** Creates settings with default checkpoints. */
    public OutputSettings(String output, boolean overwrite) {
        this(output, overwrite, CheckpointSettings.DEFAULT);
    }
}
