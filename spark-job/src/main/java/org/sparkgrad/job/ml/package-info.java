/** The Spark ML estimator: a Dataset to a stock model, over the same {@code Trainer} as the commands. */
@NullMarked
package org.sparkgrad.job.ml;

import org.jspecify.annotations.NullMarked;
