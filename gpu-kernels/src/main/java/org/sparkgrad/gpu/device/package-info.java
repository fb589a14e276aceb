/**
 * OpenCL devices: their addresses, sizes and reserved memory, and sessions that run a kernel on one. Next: {@code engine}.
 */
@NullMarked
package org.sparkgrad.gpu.device;

import org.jspecify.annotations.NullMarked;
