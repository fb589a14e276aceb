/**
 * The flow of a run, a line a stage: {@code Trainer} for a training, {@code Scoring} for a saved model. In: settings.
 * Out: a folder OUTPUT and a summary.
 *
 * <p>{@code RunSetup} is all that comes before the first step: data, engine, loss, worker sites and memory.
 * {@code train --dry-run} prints it ({@code TrainingPlan}) and ends; {@code train} continues with the same object, so a
 * dry run refuses what training would refuse.
 */
@NullMarked
package org.sparkgrad.job.run;

import org.jspecify.annotations.NullMarked;
