package org.sparkgrad.job.exchange.stage;

import java.io.Serializable;

/**
 * Who speaks. A message counts only if its generation is the current one and its attempt the one that holds the worker's
 * place: what a task of an earlier stage, or an earlier attempt, sends late is refused.
 *
 * @param generation which launch of the stage, from 1
 * @param worker the worker's number, from 0
 * @param attempt Spark's id of the task attempt, which grows
 */
public record WorkerId(int generation, int worker, long attempt) implements Serializable {}
