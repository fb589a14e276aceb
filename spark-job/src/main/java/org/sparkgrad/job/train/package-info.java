/**
 * One training: its task, the minimiser over an exchange, the loop that saves its states, and its result. In: a
 * {@code TrainingTask}. Out: a {@code TrainingResult}. Next: {@code grid}.
 *
 * <ul>
 *   <li>{@code TrainingSetup} is the engine, the loss, the worker sites and their memory: the same for a run, for a fit of
 *       the estimator, and for a grid.
 *   <li>{@code DivergenceCheck} refuses (exit code 5) a training whose objective is no finite number, or ends above its
 *       start by more than rounding. Mini-batch methods that start from a model may end a little above it, by their
 *       noise: they must be no worse than coefficients of 0.
 *   <li>{@code ResumeCheck} compares a resumed run with its checkpoint; {@code checkpoint} describes how.
 *   <li>{@code TrainingLoop} asks at each place where a run can be saved whether there is a signal and whether it is
 *       time.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.train;

import org.jspecify.annotations.NullMarked;
