package org.sparkgrad.job.exchange.pass;

import java.nio.ByteBuffer;

/** Reads what {@link PassWriter} wrote; used by one thread. Its arrays are used again: a pass is valid until the next one. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
public final class PassReader {
    private final PassInput in = new PassInput();

    /** Reads a pass. */
    public Pass read(ByteBuffer bytes) {
        in.begin(bytes);
        return Pass.Kind.values()[in.kind()].read(in);
    }
}
