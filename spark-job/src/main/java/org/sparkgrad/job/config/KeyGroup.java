package org.sparkgrad.job.config;

/** The headings under which keys are listed, in order. */
public enum KeyGroup {
    /** What to read. */
    DATA("Data"),
    /** What to fit. */
    MODEL("Model"),
    /** How to fit it. */
    OPTIMIZER("Optimizer"),
    /** On what to compute. */
    ENGINE("Engine"),
    /** Where the result goes. */
    OUTPUT("Output"),
    /** Where versions of models are kept, and which run it is. */
    REGISTRY("Registry"),
    /** What a new model has to be like. */
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
