/** The suite {@code engines}: loss and gradient by every engine, against the limits of the machine. */
@NullMarked
package org.sparkgrad.gpu.benchmark;

import org.jspecify.annotations.NullMarked;
