package org.sparkgrad.job.report;

/**
 * A finished step.
 *
 * @param step the number of updates of the coefficients so far
 * @param steps the largest number of steps
 * @param epoch the number of passes begun so far, from 1; 0 for a full-batch method
 * @param epochs the number of passes; 0 for a full-batch method
 * @param objective the last known objective; NaN before the first objective
 * @param rowsPerSecond the number of rows per second whose gradient was computed
 * @param secondsLeft the seconds until the last step at this speed; NaN if unknown
 */
public record ProgressStep(
        int step, int steps, int epoch, int epochs, double objective, double rowsPerSecond, double secondsLeft) {
    /** Returns whether this is the last possible step. */
    boolean isLast() {
        return step == steps;
    }
}
