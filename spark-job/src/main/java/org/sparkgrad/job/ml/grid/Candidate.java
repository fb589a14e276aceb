package org.sparkgrad.job.ml.grid;

import org.sparkgrad.job.ml.params.TrainingParams;

/**
 * A model to train.
 *
 * @param params the parameters of the model
 * @param leftOut the fold that the model leaves out, or {@link org.sparkgrad.gpu.block.GridModel#NONE}
 */
record Candidate(TrainingParams params, int leftOut) {}
