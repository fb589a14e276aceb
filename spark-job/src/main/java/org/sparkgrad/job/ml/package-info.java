/**
 * The Spark ML estimator: a Dataset to a stock model, over the same training as the commands. It runs beside other jobs
 * of a user's session, on the user's settings; {@code spark} has the rules for that. Next: {@code dl4j}.
 *
 * <ul>
 *   <li>Odd rows are treated as in MLlib. A label of rows without weight is no class. Rows without a fold train the
 *       best model alone.
 *   <li>Errors name parameters in place of options ({@code fit.EstimatorErrors}).
 *   <li>What {@code train} prints on the screen goes to the log of {@code GpuLogisticRegression}: engine, exchange,
 *       devices and method at INFO; missing slots, new launches and the fallback with speculation at WARN.
 *   <li>Fits of several threads take turns for slots ({@code exchange.StageQueue}).
 *   <li>Cross-validation and grids of parameters train M models over one copy of the rows ({@code ml.grid}). MLlib's
 *       own CrossValidator shares blocks between its fits ({@code ml.fit}).
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.ml;

import org.jspecify.annotations.NullMarked;
