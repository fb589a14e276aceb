package org.sparkgrad.job.dl4j;

/**
 * The steps for a schedule.
 *
 * @param done the number of steps that the network has made before
 * @param ofAnEpoch the number of steps of an epoch
 * @param epochs the number of epochs of the training
 */
record StepCount(int done, int ofAnEpoch, int epochs) {}
