package org.sparkgrad.job.optimize;

/**
 * The method of a training.
 *
 * @param optimizer the optimizer of the method
 * @param name the name of the method, as in the settings
 * @param reason the reason for the choice, in a few words
 */
public record ChosenMethod(Optimizer optimizer, String name, String reason) {}
