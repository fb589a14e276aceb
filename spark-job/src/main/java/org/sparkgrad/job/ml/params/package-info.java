/**
 * The parameters of the estimator that MLlib's LogisticRegression does not have. Next: {@code ml.dataset}.
 */
@NullMarked
package org.sparkgrad.job.ml.params;

import org.jspecify.annotations.NullMarked;
