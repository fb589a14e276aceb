package org.sparkgrad.job.train;

import java.util.List;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.optimize.ChosenMethod;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.placement.EngineChoice;

/**
 * The result of a training.
 *
 * @param coefficients K x (F + 1) over original features
 * @param loss the weighted mean loss at them, over all training rows
 * @param objective loss plus penalty
 * @param certificate the number of {@link org.sparkgrad.job.optimize.OptimalityCheck} at the coefficients
 * @param history the objective of each state
 * @param validationHistory the log loss on held-out rows at each state; empty without early stopping
 * @param last the last state
 * @param method the method, and the reason for its choice
 * @param evaluations the number of gradients computed
 * @param passes the number of passes over the data for them
 * @param workers the reports of the workers
 * @param choice the engine, and the reason for its choice
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
