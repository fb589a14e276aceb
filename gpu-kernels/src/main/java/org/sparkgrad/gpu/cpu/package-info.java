/**
 * What the processor brings: its name and instruction set, and OpenBLAS, loaded so that neither the environment nor a
 * system library changes its bits. Beside it only {@code engine.cpu} and {@code engine.gram} see JavaCPP. Next: {@code
 * engine}.
 */
@NullMarked
package org.sparkgrad.gpu.cpu;

import org.jspecify.annotations.NullMarked;
