/** OpenCL devices: which there are, in which order they are addressed, and what they can hold. */
@NullMarked
package org.sparkgrad.gpu.device;

import org.jspecify.annotations.NullMarked;
