package org.sparkgrad.job.dl4j;

/**
 * The steps that a schedule has to fit.
 *
 * @param done those that the network has made before
 * @param ofAnEpoch those of an epoch
 * @param epochs of the training
 */
record StepCount(int done, int ofAnEpoch, int epochs) {}
