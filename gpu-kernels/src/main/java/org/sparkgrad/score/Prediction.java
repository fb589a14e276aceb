package org.sparkgrad.score;

import java.util.List;

/**
 * What a model says of a row.
 *
 * @param label the likeliest
 * @param probabilities of each label, in the model's order
 */
public record Prediction(String label, List<Double> probabilities) {}
