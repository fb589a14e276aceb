package org.sparkgrad.job.evaluate;

/**
 * The quality of a model on some rows.
 *
 * @param metrics the metrics
 * @param curves the curves
 */
public record MeasuredModel(Metrics metrics, Curves curves) {}
