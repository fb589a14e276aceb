/**
 * The engine on OpenCL devices: cuts shards into segments, moves the arrays of segments to the device, runs kernels. Only
 * {@link org.sparkgrad.gpu.GradientEngines} sees this package and {@code engine.cpu}.
 */
@NullMarked
package org.sparkgrad.gpu.engine.opencl;

import org.jspecify.annotations.NullMarked;
