/**
 * The engines on the processor: the CPU engine, and the reference engine that checks all others. The build makes each
 * {@code Double} class from the {@code Float} class. Only {@link org.sparkgrad.gpu.GradientEngines} sees this
 * package and {@code engine.opencl}.
 */
@NullMarked
package org.sparkgrad.gpu.engine.cpu;

import org.jspecify.annotations.NullMarked;
