package org.sparkgrad.job.config;

/** The headings of keys in lists, in order. */
public enum KeyGroup {
    /** The data to read. */
    DATA("Data"),
    /** The model to fit. */
    MODEL("Model"),
    /** The method of fitting. */
    OPTIMIZER("Optimizer"),
    /** The engine. */
    ENGINE("Engine"),
    /** The destination of the result. */
    OUTPUT("Output"),
    /** The registry of models, and the id of the run. */
    REGISTRY("Registry"),
    /** The limits for a new model. */
    GATE("Gate"),
    /** Options that every command has. */
    GENERAL("General");

    private final String title;

    KeyGroup(String title) {
        this.title = title;
    }

    /** Returns the heading. */
    public String title() {
        return title;
    }
}
