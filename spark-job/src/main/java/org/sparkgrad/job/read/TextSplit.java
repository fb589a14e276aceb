package org.sparkgrad.job.read;

import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;

/**
 * The records of a text file that start in a range of its bytes. One task reads them all.
 *
 * @param block the file and the first byte of the range
 * @param end the byte after the range; {@link Long#MAX_VALUE} for the rest of the file
 * @param quoted whether quoted cells contain line breaks; the split is then the whole file
 */
record TextSplit(FileBlock block, long end, boolean quoted) implements Serializable {
    /**
     * Opens the split.
     *
     * @param dialect the syntax that ends records where quoted cells contain line breaks
     * @throws org.sparkgrad.job.problem.JobException if the file cannot be read
     */
    TextRecords open(CsvDialect dialect, Configuration configuration) {
        return quoted ? new CsvRecords(block.file(), dialect, configuration) : new TextLines(block, end, configuration);
    }
}
