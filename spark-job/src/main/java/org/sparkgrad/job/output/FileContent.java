package org.sparkgrad.job.output;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a file to write. */
@FunctionalInterface
public interface FileContent {
    /** Writes the content to a stream; may close the stream. */
    void writeTo(OutputStream stream) throws IOException;
}
