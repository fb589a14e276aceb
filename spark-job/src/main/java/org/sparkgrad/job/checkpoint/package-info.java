/**
 * The state of a training as files that outlive its process: the state of the optimizer, the identity of the run, and
 * when to write. Next: {@code model}.
 *
 * <pre>{@code
 * Optimizer.states / resume → Run, an iterator of states that can be saved
 *   → TrainingLoop            at each place where a run can be saved: is there a signal, is it time?
 *     → SavedState            named vectors of doubles, from optimizer, objective and loop
 *       → CheckpointFolder    written beside, then renamed; two are kept; SHA-256 at the end
 * }</pre>
 *
 * <ul>
 *   <li>A run can be saved between two states, and within an epoch between two steps. Breeze's state is its point,
 *       value, gradient, corrections and remembered values; the rest follows from them. After a failed line search
 *       Breeze restarts its own count, so a run within bounds cannot be saved for one step ({@code Run.isSavable}).
 *   <li>{@code ResumeTest} stops every optimizer and updater at every place and compares bits and counts.
 *   <li>{@code RunIdentity} is what two processes of one run have in common: versions, decisive keys
 *       ({@code DecisiveKeys}), counts, a hash of the statistics. A resumed run repeats the first evaluation
 *       ({@code FirstEvaluation}): another value anywhere in the data, or another kind of processor, gives other bits.
 *       The best coefficients on held-out rows are measured again too.
 *   <li>The first signal is only a request ({@code Interruption}, by Spark's SignalUtils, so no shutdown hook runs):
 *       the run finishes the step and saves. If a step fails, after a signal or without one, the state before it is
 *       saved.
 *   <li>Checkpoints are forced to the disk, the file and its name in the folder ({@code files.DurableFiles}).
 *   <li>{@code output.OutputLock} keeps a second run out of {@code OUTPUT.running}; its lock is {@code files.RunLock}.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.checkpoint;

import org.jspecify.annotations.NullMarked;
