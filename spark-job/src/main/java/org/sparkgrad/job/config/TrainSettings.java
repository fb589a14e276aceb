package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a training run is told.
 *
 * @param data what to read and which columns mean what
 * @param model what to fit
 * @param optimizer how to fit it
 * @param engine on what to compute
 * @param output where the result goes; null, in a dry run alone, is nowhere
 */
public record TrainSettings(
        DataSettings data,
        ModelSettings model,
        OptimizerSettings optimizer,
        EngineSettings engine,
        @Nullable OutputSettings output)
        implements Serializable {
    /** Returns the same settings with these labels before all others. */
    public TrainSettings withFirstLabels(List<String> first) {
        return new TrainSettings(data.withFirstLabels(first), model, optimizer, engine, output);
    }
}
