/**
 * The objective, and the methods that minimise it as iterators of states. In: an exchange, settings, and what is known
 * of the data. Out: states, each with its coefficients. Next: {@code checkpoint}.
 *
 * <p>The objective is MLlib's: weighted mean loss + regParam ((1 - α) / 2 ||W||² + α ||W||₁), over trained features;
 * intercepts have no penalty. {@code Objective} divides the sums of an exchange by the weight sum, once, and adds the
 * penalty. It returns the gradient of all but the L1 part, whose step is OWL-QN's (lbfgs) or a proximal one (gd, sgd);
 * {@code smooth} and {@code objective} differ by that part.
 *
 * <h2>What {@code --optimizer auto} takes</h2>
 *
 * <p>Without a batch size, {@code AutoMethod} chooses by data and configuration alone. {@code summary.json} names the
 * method and the reason under {@code optimizer}. All methods have the optimum and the stopping rule of lbfgs; maxIter
 * counts their steps. N rows, F features, K outputs; c is 1/4 for one output, else (1/K)(1 - 1/K).
 *
 * <table>
 * <caption>Methods of auto</caption>
 * <tr><th>name</th><th>when</th><th>method</th></tr>
 * <tr><td>gram-lbfgs</td>
 *     <td>F at most 4,000, no L1. Above 1,000 features also F² at most 64 N. Not if both K F² is above 2^24 and N is
 *         below 16 F</td>
 *     <td>L-BFGS around the Cholesky factor of c X'X / n + λI</td></tr>
 * <tr><td>newton-lbfgs</td>
 *     <td>the same, logistic, F at most 500</td>
 *     <td>the factor again from second derivatives at steps 0, 1, 2, 4, 8, ...; if N F² is above 2 · 10^9, from step F
 *         / 16 on</td></tr>
 * <tr><td>proximal-newton</td>
 *     <td>logistic, F at most 500, L1</td>
 *     <td>coordinate descent on these models, a line search, the model's scale from the last gradients</td></tr>
 * <tr><td>diagonal-lbfgs</td>
 *     <td>else, without L1</td>
 *     <td>the diagonal, and the means beside the intercept; no pass</td></tr>
 * <tr><td>lbfgs, lbfgs-b</td><td>else with L1; with bounds</td><td>OWL-QN; Breeze's L-BFGS-B</td></tr>
 * </table>
 *
 * <ul>
 *   <li>The matrix is a {@code GramPass}: the intercept folded in, packed, summed by {@code GradientEngine.gram} on the
 *       processor with every engine, merged shard by shard along the tree. A sample of 32 F rows (8,192 at least) is
 *       enough: with twice as many rows or more the pass takes slot 0 of the shuffled rows. The mean square of a
 *       feature is that of all rows.
 *   <li>If the matrix does not fit the driver's heap, the run ends with exit code 4: the method must not depend on
 *       memory.
 *   <li>Collinear columns get a ridge that is relative to the diagonal and small against rounding. The optimum does not
 *       depend on it.
 *   <li>Without standardization, features are centred too where an intercept takes the shift and the method is not
 *       plain descent. The norm of the gradient that stops a run is that of features of deviation 1.
 *   <li>If a step promises less than rounding, the run ends without that evaluation; this also holds for
 *       {@code --optimizer lbfgs}. The certificate decides whether the reason is {@code ObjectiveConverged} or
 *       {@code NoProgress}.
 * </ul>
 *
 * <h2>Numbers</h2>
 *
 * <ul>
 *   <li>{@code OptimalityCheck} is the norm of the gradient divided by its norm at coefficients of 0, for features of mean
 *       0 and deviation 1. A method that meets {@code tol} without the certificate continues. Descent then ends as
 *       {@code NoProgress} after the first step that does not lower the objective; other methods end when no step
 *       lowers it.
 *   <li>Mini-batch methods need a pass over all rows for the certificate, at the end of an epoch that meets
 *       {@code tol}. With bounds the projected gradient is w - P(w - g). If a run does not start at coefficients of 0,
 *       their gradient needs one more evaluation.
 *   <li>Updaters keep their state in double. They have ND4J's formulas and constants and its bits
 *       ({@code UpdatersOfNd4jTest}); ND4J has no heavy ball, so that one is defined here.
 *   <li>(seed, epoch) decides the order of batches ({@code MiniBatchDescent}). {@code --max-seconds} is the one stop
 *       that depends on the clock ({@code Deadline}).
 *   <li>Breeze's algebra runs on its Java implementation, whatever BLAS the machine has ({@code DriverAlgebra}).
 * </ul>
 *
 * <p>A new optimizer implements {@code Run.save} and {@code Optimizer.resume}, a new updater {@code state} and
 * {@code restore}; add a line to {@code ResumeTest}. A new method for auto goes into {@code AutoMethod}, by a
 * {@code ModelledRun} if it keeps a model of second derivatives.
 */
@NullMarked
package org.sparkgrad.job.optimize;

import org.jspecify.annotations.NullMarked;
