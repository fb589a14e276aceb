package org.sparkgrad.job.evaluate;

/**
 * A model measured on some rows.
 *
 * @param metrics the numbers
 * @param curves what is drawn
 */
public record MeasuredModel(Metrics metrics, Curves curves) {}
