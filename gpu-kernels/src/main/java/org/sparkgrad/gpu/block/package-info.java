/**
 * The inputs and outputs of a gradient: blocks of instances, by rows and by columns, coefficients, row ranges, gradient
 * sums. Plain arrays with a shape; no arithmetic except adding sums. Next: {@code loss}.
 */
@NullMarked
package org.sparkgrad.gpu.block;

import org.jspecify.annotations.NullMarked;
