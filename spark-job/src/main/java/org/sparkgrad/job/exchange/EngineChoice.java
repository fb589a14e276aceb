package org.sparkgrad.job.exchange;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;

/**
 * The engine of a run, and why it.
 *
 * @param kind the engine
 * @param precision its number format
 * @param reason why it was taken, in a few words
 * @param devices the OpenCL addresses for workers to which Spark gives none; empty is all devices of the best type
 */
public record EngineChoice(EngineKind kind, Precision precision, String reason, List<Integer> devices)
        implements Serializable {
    /** Returns the engine's name in options and summaries. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
