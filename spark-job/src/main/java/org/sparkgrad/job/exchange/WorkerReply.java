package org.sparkgrad.job.exchange;

import java.io.Serializable;
import org.sparkgrad.job.exchange.worker.WorkerSums;

/**
 * A task's answer to one step.
 *
 * @param worker the worker's number
 * @param location where it ran, as Spark names task locations
 * @param sums what it summed
 */
record WorkerReply(int worker, String location, WorkerSums sums) implements Serializable {}
