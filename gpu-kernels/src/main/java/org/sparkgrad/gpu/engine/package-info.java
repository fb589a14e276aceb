/**
 * What an engine is: it holds shards and sums their gradients. In: shards, coefficients, row ranges. Out: one gradient
 * sum a shard, for one model or several, or one Gram matrix. Next: {@code engine.gram}; the engines themselves are in
 * {@code engine.cpu} and {@code engine.opencl}, which do not see each other.
 *
 * <p>Inside a block an engine computes in its precision, in short chunks. Across blocks and shards sums are in double;
 * on a device, dense blocks of a shard merge as pairs of numbers of the engine's precision. A slice (the rows of a
 * block that are in a row range) is summed alone, and the slices of a shard merge in the order of blocks. A caller may
 * name trees of consecutive shards, which then merge in double, on the device or on the host, to the same bits.
 *
 * <table>
 * <caption>What engines promise</caption>
 * <tr><th>promise</th><th>tests</th></tr>
 * <tr><td>each gradient to 2e-6 of its terms' absolute sum, 1e-12 in double; also at margins of ±10,000, for columns
 *         that had scales from 1e-6 to 1e6, for skewed sparse columns</td>
 *     <td>{@code EnginesAgreeTest}, {@code DenseKernelsTest}, {@code SparseEnginesTest}, {@code HardDataTest}</td></tr>
 * <tr><td>the same bits for every split of the rows over engines, segments and devices, twenty times</td>
 *     <td>{@code SplitRowsTest}, {@code DenseKernelsTest}</td></tr>
 * <tr><td>the same bits of merged shards for 1, 2, 4 and 8 engines, merged on a device or on the host</td>
 *     <td>{@code DeviceMergeTest}</td></tr>
 * <tr><td>two devices of one local run work at the same time, with the bits of one</td>
 *     <td>{@code TwoDevicesTest}, {@code SeveralDevicesTest}</td></tr>
 * <tr><td>rows of three times the device's memory: the bits of enough memory</td><td>{@code DeviceMemoryTest}</td></tr>
 * <tr><td>engines on one device share its budget</td><td>{@code SharedDeviceTest}</td></tr>
 * <tr><td>a model among several has the bits that it has alone, on a device</td><td>{@code GridSumsTest}</td></tr>
 * </table>
 */
@NullMarked
package org.sparkgrad.gpu.engine;

import org.jspecify.annotations.NullMarked;
