/**
 * Gram matrices of the rows of a shard, on the processor for all engines. In: a shard, a row range, folds, and
 * coefficients for second derivatives. Out: a packed triangle of sums. Dense rows go through OpenBLAS (syrk over tiles
 * of rows); sparse rows and the reference engine use double loops. The build makes {@code OpenBlasDoubleGram} from
 * {@code OpenBlasFloatGram}. Next: {@code engine.cpu} and {@code engine.opencl}.
 */
@NullMarked
package org.sparkgrad.gpu.engine.gram;

import org.jspecify.annotations.NullMarked;
