/**
 * The processor: its name and instruction set, and OpenBLAS, loaded so that neither environment variables nor a library
 * of the system change its bits. Of the later packages only {@code engine.cpu} and {@code engine.gram} see JavaCPP. Next:
 * {@code engine}.
 */
@NullMarked
package org.sparkgrad.gpu.cpu;

import org.jspecify.annotations.NullMarked;
