/**
 * What goes into a gradient and what comes out: blocks of instances, coefficients, row ranges and
 * gradient sums. Plain arrays with a shape; no arithmetic beyond adding sums. Next: {@code loss}.
 */
@NullMarked
package org.sparkgrad.gpu.block;

import org.jspecify.annotations.NullMarked;
