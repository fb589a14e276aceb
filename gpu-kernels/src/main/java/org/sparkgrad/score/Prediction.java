package org.sparkgrad.score;

import java.util.List;

/**
 * The prediction of a model for a row.
 *
 * @param label the most probable label
 * @param probabilities of each label, in the model's order
 */
public record Prediction(String label, List<Double> probabilities) {}
