/**
 * The engine on OpenCL devices: cuts shards into segments, moves the arrays of segments to the device, runs kernels.
 * Only {@link org.sparkgrad.gpu.GradientEngines} sees this package and {@code engine.cpu}.
 *
 * <pre>{@code
 * OpenClEngine        one device; DeviceMemoryPlan decides what stays there
 *   → Segment         consecutive blocks that share device arrays; stays, or takes turns in one more set of arrays
 *     → launch        one execution: lots of rows → partial sums → one sum a shard → one sum a tree of shards
 * }</pre>
 *
 * <ul>
 *   <li>Dense kernels have two shapes, {@code Item} for processors and {@code Group} for GPUs, each for one output and
 *       for several; {@code KernelShape} follows from the type of the device. What they share is in
 *       {@code FloatDenseKernel}. {@code Item} kernels have an exponential and a logarithm of their own
 *       ({@code FloatItemKernel}), without calls and branches, so that loops over rows become vector instructions.
 *   <li>A work-group reads a tile of rows for its margins, and again, from the cache or, with one output, from local
 *       memory, for its gradient. Then the lots of a shard merge on the device, in order. If the device computes in
 *       double and one launch sums all rows of a step, shards merge there, too, each as one double a number, along the caller's trees, and one sum a tree returns
 *       ({@code DeviceMergeTest}). Else one sum a shard returns, as pairs of numbers, and the host merges. If a launch or a
 *       segment ends inside a shard, the next one continues from the sums so far ({@code UnfinishedShard}). So the bits
 *       depend neither on the cuts nor on the memory.
 *   <li>An engine sums dense rows for up to eight models in a launch. Lots of the same rows follow each other and find
 *       the rows in the cache. Folds are on the device beside the labels. Each model has the bits that it has alone
 *       ({@code GridSumsTest}). Sparse rows are summed a model at a time; for the next model only weights move to the
 *       device.
 *   <li>Sparse kernels read margins by rows, and gradients by a copy of each block by columns ({@code ColumnRuns}). If
 *       each column has one value only, entries have no values on the device ({@code ColumnValues}).
 *   <li>The engines of a JVM share one budget for each device ({@code DeviceReservations}). An engine takes what it
 *       needs of the free budget. If it can, it leaves an eighth of that free (512 MiB at most), so that later engines
 *       can at least stream. It streams what does not fit. Engines of other processes are not seen: they need fractions
 *       of their own.
 *   <li>If the tile of a softmax does not fit the device's local memory (more than 3,964 outputs in double at 48 KiB),
 *       the engine refuses to open, before any data are moved.
 *   <li>A step of one launch waits for the device once, and makes no buffers after the first steps ({@code StepTraceTest}).
 *       With several launches or segments each waits, because the sums so far pass through the host. Blocks of shards
 *       stay on the heap: for weights, for Gram matrices and for streaming.
 *   <li>Aparapi translates the kernels; {@code DirectSession} runs the text. The engines of a device share its context and
 *       its queue. {@code AparapiSession} runs the same kernels by Aparapi's runtime, one at a time in a JVM; both give the
 *       same bits ({@code RuntimesTest}).
 * </ul>
 */
@NullMarked
package org.sparkgrad.gpu.engine.opencl;

import org.jspecify.annotations.NullMarked;
