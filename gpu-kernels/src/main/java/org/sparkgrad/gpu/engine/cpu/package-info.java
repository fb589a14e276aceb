/**
 * The engines on the processor: the CPU engine, and the reference engine that checks all others. The build makes each
 * {@code Double} class from the {@code Float} class. Only {@link org.sparkgrad.gpu.GradientEngines} sees this package
 * and {@code engine.opencl}.
 *
 * <ul>
 *   <li>The CPU engine copies dense rows out of the heap, a tile at a time ({@code TileShape}), and multiplies by
 *       OpenBLAS on the calling thread. Where the library cannot be loaded it multiplies in plain Java.
 *   <li>OpenBLAS gets the same calls for the same slice: tiles count from the slice's first row, and buffers start at
 *       multiples of 64 bytes.
 *   <li>Losses are in double over a tile ({@code FastTileLoss}): exp to 1e-13, and one logarithm for a run of equal
 *       weights.
 *   <li>Sparse rows are summed in Java: a whole block by columns (with several outputs the margins by rows), a part of
 *       a block by rows.
 *   <li>To add another way to multiply, write a subclass of {@code TiledSums} and choose it in {@code CpuSumsFactory}.
 * </ul>
 */
@NullMarked
package org.sparkgrad.gpu.engine.cpu;

import org.jspecify.annotations.NullMarked;
