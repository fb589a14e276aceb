package org.sparkgrad.job.train;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.optimize.ChosenMethod;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.placement.EngineChoice;

/**
 * What the optimizer leaves.
 *
 * @param coefficients K x (F + 1) over original features
 * @param loss the weighted mean loss at them, over all training rows
 * @param objective loss plus penalty
 * @param certificate how near the coefficients are to the optimum by their gradient
 * @param history the objective of each state
 * @param validationHistory the log loss on held-out rows of each state, where early stopping asked for it
 * @param last the last state
 * @param method how it got there, and why so
 * @param evaluations gradients asked for
 * @param passes gone through the data for them
 * @param workers who computed
 * @param choice the engine, and why it
 */
public record TrainingResult(
        Coefficients coefficients,
        double loss,
        double objective,
        double certificate,
        List<Double> history,
        List<Double> validationHistory,
        OptimizerState last,
        ChosenMethod method,
        long evaluations,
        double passes,
        List<WorkerReport> workers,
        EngineChoice choice) {}
