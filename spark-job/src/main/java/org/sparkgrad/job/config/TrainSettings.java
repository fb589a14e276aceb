package org.sparkgrad.job.config;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a training run.
 *
 * @param data the files to read and the roles of their columns
 * @param model the model to fit
 * @param optimizer the method of fitting
 * @param engine the engine
 * @param output the destination of the result; null only in a dry run
 */
public record TrainSettings(
        DataSettings data,
        ModelSettings model,
        OptimizerSettings optimizer,
        EngineSettings engine,
        @Nullable OutputSettings output)
        implements Serializable {
    /** Returns these settings with the given labels before all others. */
    public TrainSettings withFirstLabels(List<String> first) {
        return new TrainSettings(data.withFirstLabels(first), model, optimizer, engine, output);
    }
}
