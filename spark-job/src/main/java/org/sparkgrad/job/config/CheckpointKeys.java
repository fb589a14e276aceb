package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.OUTPUT;

/** The keys for saving and resuming. */
final class CheckpointKeys {
    static final Key<Integer> STEPS = new Key<>(
            OUTPUT,
            "checkpointSteps",
            ValueTypes.whole(1),
            CheckpointSettings.DEFAULT.steps(),
            "Steps after which the state of the training is saved in OUTPUT.running/checkpoints, for --resume; when not given,"
                    + " checkpointSeconds alone decides.");
    static final Key<Double> SECONDS = new Key<>(
            OUTPUT,
            "checkpointSeconds",
            ValueTypes.atLeastZero(),
            CheckpointSettings.DEFAULT.seconds(),
            "Seconds after which the state of the training is saved, at the end of a step; 0 is never.");
    static final Key<Boolean> RESUME = new Key<>(
            OUTPUT,
            "resume",
            ValueTypes.flag(),
            CheckpointSettings.DEFAULT.resume(),
            "Go on from the last checkpoint in OUTPUT.running, to the same model as if nothing had happened; without one,"
                    + " start anew. Refused if data, version or a key that changes the model is another.");

    private CheckpointKeys() {}
}
