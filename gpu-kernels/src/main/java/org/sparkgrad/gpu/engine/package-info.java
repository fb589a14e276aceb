/**
 * Engines that hold shards and sum their gradients: on an OpenCL device, on the CPU, and as plain double loops to
 * check the others. In: shards, coefficients, row ranges. Out: one gradient sum a shard,
 * for one model or several, or one Gram matrix.
 */
@NullMarked
package org.sparkgrad.gpu.engine;

import org.jspecify.annotations.NullMarked;
