package org.sparkgrad.job.scheduled;

import java.util.Locale;

/** The stages of a run, in order, for the lock and the log. */
enum Stage {
    READING,
    TRAINING,
    EVALUATING,
    WRITING,
    PROMOTING,
    CLEANING;

    String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
