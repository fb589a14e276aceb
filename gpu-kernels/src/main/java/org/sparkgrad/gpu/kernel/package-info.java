/**
 * Aparapi kernels, nothing else: Java that is translated to OpenCL C. In: flat arrays and their shapes. Out: sums of
 * shards, or of columns of blocks. The build makes the {@code Double} ones from the {@code Float} ones. Next: {@code
 * device}.
 */
@NullMarked
package org.sparkgrad.gpu.kernel;

import org.jspecify.annotations.NullMarked;
