package org.sparkgrad.job.train;

import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.optimize.Bounds;

/**
 * The input of a training: rows, objective and method.
 *
 * @param set the rows
 * @param model the objective
 * @param optimizer the method and its limits
 * @param initial the initial coefficients, K x (F + 1) over original features; null for those of the optimizer settings
 * @param bounds the bounds of coefficients over original features; null for none
 */
public record TrainingTask(
        TrainingSet set,
        ModelSettings model,
        OptimizerSettings optimizer,
        @Nullable Coefficients initial,
        @Nullable Bounds bounds) {}
