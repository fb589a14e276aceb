package org.sparkgrad.job.exchange.pass;

import java.nio.ByteBuffer;

/**
 * Reads passes that {@link PassWriter} wrote. For use by one thread. The arrays of a pass are reused: the pass is valid
 * until the next pass.
 */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
public final class PassReader {
    private final PassInput in = new PassInput();

    /** Reads a pass. */
    public Pass read(ByteBuffer bytes) {
        in.begin(bytes);
        return Pass.Kind.values()[in.kind()].read(in);
    }
}
