/**
 * The engine on OpenCL devices: shards are cut into segments, a segment's arrays go to the device, a kernel sums. Only
 * {@link org.sparkgrad.gpu.GradientEngines} sees this package and {@code engine.cpu}.
 */
@NullMarked
package org.sparkgrad.gpu.engine.opencl;

import org.jspecify.annotations.NullMarked;
