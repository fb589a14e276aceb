package org.sparkgrad.job.grid;

import org.sparkgrad.job.train.TrainingTask;

/**
 * One of several trainings over the same rows.
 *
 * @param task the training; its set has the statistics and the scale of the rows that the model uses
 * @param leftOut the fold that the model leaves out, or {@link org.sparkgrad.gpu.block.GridModel#NONE}
 */
public record GridTask(TrainingTask task, int leftOut) {}
