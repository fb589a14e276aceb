package org.sparkgrad.job.config;

import java.io.Serializable;

/**
 * Everything a training run is told.
 *
 * @param data what to read and which columns mean what
 * @param model what to fit
 * @param optimizer how to fit it
 * @param engine on what to compute
 * @param output where the result goes
 */
public record TrainSettings(
        DataSettings data,
        ModelSettings model,
        OptimizerSettings optimizer,
        EngineSettings engine,
        OutputSettings output)
        implements Serializable {}
