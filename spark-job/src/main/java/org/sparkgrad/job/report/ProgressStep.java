package org.sparkgrad.job.report;

/**
 * A step that is done.
 *
 * @param step updates of the coefficients so far
 * @param steps the most there will be
 * @param epoch passes begun so far, from 1; 0 for a full-batch method
 * @param epochs passes there will be; 0 for a full-batch method
 * @param objective the latest known objective; NaN before the first
 * @param rowsPerSecond rows whose gradient was computed, in a second
 * @param secondsLeft until the last step at this speed; NaN when not known
 */
public record ProgressStep(
        int step, int steps, int epoch, int epochs, double objective, double rowsPerSecond, double secondsLeft) {
    /** Returns whether this is the last step there can be. */
    boolean isLast() {
        return step == steps;
    }
}
