/**
 * What an engine is: it holds shards and sums their gradients. In: shards, coefficients, row ranges. Out: one gradient
 * sum a shard, for one model or several, or one Gram matrix. Next: {@code engine.gram}; the engines themselves are in
 * {@code engine.cpu} and {@code engine.opencl}, which do not see each other.
 */
@NullMarked
package org.sparkgrad.gpu.engine;

import org.jspecify.annotations.NullMarked;
