package org.sparkgrad.job.exchange;

import java.io.Serializable;
import org.sparkgrad.job.exchange.worker.WorkerSums;

/**
 * A task's answer to one step.
 *
 * @param worker the worker's number
 * @param location the task location of the worker, as Spark names locations
 * @param sums the sums of the worker
 */
record WorkerReply(int worker, String location, WorkerSums sums) implements Serializable {}
