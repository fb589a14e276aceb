/**
 * The parameters of the estimator, beside those of MLlib.
 */
@NullMarked
package org.sparkgrad.job.ml.params;

import org.jspecify.annotations.NullMarked;
