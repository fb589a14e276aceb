/** Coefficients to a stock Spark model and back from its folder. Next: {@code evaluate}. */
@NullMarked
package org.sparkgrad.job.model;

import org.jspecify.annotations.NullMarked;
