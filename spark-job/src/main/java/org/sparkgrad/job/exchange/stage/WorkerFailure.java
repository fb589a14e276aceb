package org.sparkgrad.job.exchange.stage;

import org.sparkgrad.job.problem.Problem;

/**
 * A worker that could not answer.
 *
 * @param worker its number
 * @param problem what it said
 */
public record WorkerFailure(int worker, Problem problem) {}
