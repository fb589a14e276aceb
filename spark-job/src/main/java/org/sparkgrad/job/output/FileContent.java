package org.sparkgrad.job.output;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a file that is to be written. */
@FunctionalInterface
public interface FileContent {
    /** Writes the content to a stream, and may close the stream. */
    void writeTo(OutputStream stream) throws IOException;
}
