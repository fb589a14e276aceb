/** The entry to this module: {@link org.sparkgrad.gpu.GradientEngines} opens an engine. */
@NullMarked
package org.sparkgrad.gpu;

import org.jspecify.annotations.NullMarked;
