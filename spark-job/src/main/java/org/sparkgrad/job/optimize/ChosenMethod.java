package org.sparkgrad.job.optimize;

/**
 * The method of a training.
 *
 * @param optimizer made for it
 * @param name of the method: that of a setting, or of what auto takes
 * @param reason why it was taken, in a few words
 */
public record ChosenMethod(Optimizer optimizer, String name, String reason) {}
