/**
 * Aparapi kernels, nothing else: Java that is translated to OpenCL C. In: flat arrays and their shapes. Out: sums of
 * pieces of blocks. Next: {@code device}.
 */
@NullMarked
package org.sparkgrad.gpu.kernel;

import org.jspecify.annotations.NullMarked;
