/**
 * Aparapi kernels and nothing else: Java that Aparapi translates to OpenCL C. In: flat arrays and their shapes. Out: sums of
 * shards, or of columns of blocks. The build makes each {@code Double} kernel from the {@code Float} kernel. Next: {@code
 * device}.
 */
@NullMarked
package org.sparkgrad.gpu.kernel;

import org.jspecify.annotations.NullMarked;
