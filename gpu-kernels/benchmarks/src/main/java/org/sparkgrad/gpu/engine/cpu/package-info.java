/** Engines of the processor that only benchmarks compare. */
@NullMarked
package org.sparkgrad.gpu.engine.cpu;

import org.jspecify.annotations.NullMarked;
