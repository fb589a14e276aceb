package org.sparkgrad.job.grid;

import org.sparkgrad.job.train.TrainingTask;

/**
 * One of several tasks over the same rows.
 *
 * @param task its set has the statistics and the scale of the rows that it takes
 * @param leftOut the fold whose rows it does not take, or {@link org.sparkgrad.gpu.block.GridModel#NONE}
 */
public record GridTask(TrainingTask task, int leftOut) {}
