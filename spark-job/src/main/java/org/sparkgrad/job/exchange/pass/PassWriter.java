package org.sparkgrad.job.exchange.pass;

import java.nio.ByteBuffer;
import org.sparkgrad.gpu.block.Precision;

/** Writes passes as bytes, with coefficients in the engine's precision. Numbers are little-endian. */
@SuppressWarnings("EnumOrdinal") // both ends are of one build
public final class PassWriter {
    private final PassOutput out;

    /** @param head the number of bytes to leave free before each pass */
    public PassWriter(int head) {
        this.out = new PassOutput(head);
    }

    /** Returns the pass as bytes for {@link PassReader#read}; the next pass overwrites them. */
    public ByteBuffer write(Pass pass, Precision precision) {
        out.begin(pass.kind().ordinal(), precision);
        pass.write(out);
        return out.end();
    }
}
