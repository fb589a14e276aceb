package org.sparkgrad.job.exchange.stage;

import org.sparkgrad.job.problem.Problem;

/**
 * A worker that could not answer.
 *
 * @param worker the number of the worker
 * @param problem the problem that the worker has reported
 */
public record WorkerFailure(int worker, Problem problem) {}
