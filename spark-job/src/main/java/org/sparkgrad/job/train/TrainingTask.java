package org.sparkgrad.job.train;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.optimize.Bounds;

/**
 * What to minimise, and how.
 *
 * @param set the rows
 * @param model the objective
 * @param optimizer the way to its minimum
 * @param initial K x (F + 1) over original features to start from; null is what the optimizer settings say
 * @param bounds of coefficients over original features; null is none
 */
public record TrainingTask(
        TrainingSet set,
        ModelSettings model,
        OptimizerSettings optimizer,
        @Nullable Coefficients initial,
        @Nullable Bounds bounds) {}
