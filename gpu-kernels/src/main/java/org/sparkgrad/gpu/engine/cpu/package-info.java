/**
 * The engines on the processor: the fast one, and plain double loops to check all others. The build
 * makes each {@code Double} class from a {@code Float} one. Only {@link org.sparkgrad.gpu.GradientEngines} sees this
 * package and {@code engine.opencl}.
 */
@NullMarked
package org.sparkgrad.gpu.engine.cpu;

import org.jspecify.annotations.NullMarked;
