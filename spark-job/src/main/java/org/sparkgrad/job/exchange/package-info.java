/** Driver to workers and back: coefficients out, gradient sums in, merged along a fixed tree. Next: {@code optimize}. */
@NullMarked
package org.sparkgrad.job.exchange;

import org.jspecify.annotations.NullMarked;
