package org.sparkgrad.job.read;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The results of the first pass over one block.
 *
 * @param block the block
 * @param lines the number of lines, up to and including the first wrong line
 * @param rows the number of records among them
 * @param weighted the number of records with a weight; all or none
 * @param width the smallest F that the records fit
 * @param problem the error in the last line, or null
 */
record LibsvmScan(
        FileBlock block,
        long lines,
        long rows,
        long weighted,
        int width,
        @Nullable String problem) implements Serializable {}
