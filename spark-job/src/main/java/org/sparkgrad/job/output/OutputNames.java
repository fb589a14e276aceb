package org.sparkgrad.job.output;

/** Names of files and folders in an output. */
public final class OutputNames {
    /** The file of a trained model that needs no Spark to be read; it appears whole. */
    public static final String MODEL = "model.json";

    static final String SUMMARY = "summary.json";
    static final String CHECKPOINTS = "checkpoints";

    private OutputNames() {}
}
