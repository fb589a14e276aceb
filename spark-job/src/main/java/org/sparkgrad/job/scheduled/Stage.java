package org.sparkgrad.job.scheduled;

import java.util.Locale;

/** What a run does, in order; the lock and the log tell it. */
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
