package org.sparkgrad.job.ml.grid;

import org.sparkgrad.job.ml.params.TrainingParams;

/**
 * A model to train.
 *
 * @param params its parameters
 * @param leftOut the fold whose rows it does not take, or {@link org.sparkgrad.gpu.block.GridModel#NONE}
 */
record Candidate(TrainingParams params, int leftOut) {}
