/** The entry to this module: {@link org.sparkgrad.gpu.GradientEngines} opens the engine that is asked for. */
@NullMarked
package org.sparkgrad.gpu;

import org.jspecify.annotations.NullMarked;
