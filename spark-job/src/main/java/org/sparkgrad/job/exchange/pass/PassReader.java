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
        return switch (Pass.Kind.values()[in.kind()]) {
            case GRADIENT -> GradientPass.read(in);
            case LOSS -> LossPass.read(in);
            case GRAM -> GramPass.read(in);
            case GRID -> GridPass.read(in);
        };
    }
}
