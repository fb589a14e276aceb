package org.sparkgrad.job.output;

/** The names of files and folders in an output. */
public final class OutputNames {
    /** The file of a trained model for scoring without Spark; written completely or not at all. */
    public static final String MODEL = "model.json";

    static final String SUMMARY = "summary.json";
    static final String CHECKPOINTS = "checkpoints";

    private OutputNames() {}
}
