package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * Where the result goes.
 *
 * @param output the folder, on any Hadoop file system
 * @param overwrite whether an existing folder is replaced, once the new one is whole
 * @param checkpoints what is saved on the way there
 */
public record OutputSettings(String output, boolean overwrite, CheckpointSettings checkpoints) implements Serializable {
    /** Checkpoints are as usual. */
    public OutputSettings(String output, boolean overwrite) {
        this(output, overwrite, CheckpointSettings.DEFAULT);
    }
}
