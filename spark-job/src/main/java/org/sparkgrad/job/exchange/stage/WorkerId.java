package org.sparkgrad.job.exchange.stage;

import java.io.Serializable;

/**
 * The sender of a message. A message counts only if its generation is the current one and its attempt has the worker's
 * place. Late messages of an earlier stage or an earlier attempt are refused.
 *
 * @param generation the number of the launch of the stage, from 1
 * @param worker the number of the worker, from 0
 * @param attempt Spark's id of the task attempt; later attempts have larger ids
 */
public record WorkerId(int generation, int worker, long attempt) implements Serializable {}
