/**
 * Aparapi kernels, nothing else: Java that is translated to OpenCL C. In: flat arrays and their shapes. Out: sums of
 * shards, or of columns of blocks. The {@code Double} ones are written by a test, from the {@code Float} ones. Next:
 * {@code device}.
 */
@NullMarked
package org.sparkgrad.gpu.kernel;

import org.jspecify.annotations.NullMarked;
