package org.sparkgrad.job.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.checkpoint.Checkpoint;
import org.sparkgrad.job.checkpoint.Checkpoints;
import org.sparkgrad.job.checkpoint.Interruption;
import org.sparkgrad.job.optimize.Objective;
import org.sparkgrad.job.optimize.Optimizer;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.optimize.Run;
import org.sparkgrad.job.optimize.SavedState;
import org.sparkgrad.job.report.Progress;

/**
 * Iterates over the states of an optimizer, from the first state or from a checkpoint, and writes checkpoints when they
 * are due.
 */
final class TrainingLoop implements Optimizer.StepListener {
    private static final double NANOS = 1e9;
    private static final String VALIDATION_HISTORY = "validationHistory";

    private final Objective objective;
    private final Optimizer.StepListener listener;
    private final List<Double> validationHistory;
    private final Checkpoints checkpoints;
    private final Interruption interruption;
    private final Progress progress;
    private final List<Double> history = new ArrayList<>();
    private int recordedStep;
    private int recordedEpoch;
    private final long start = System.nanoTime();
    private double secondsBefore;
    private @Nullable Run run;
    private int step;
    private int epoch;
    private Checkpoint.@Nullable Progress rest;

    /**
     * @param objective the objective to minimise
     * @param listener receives the steps
     * @param validationHistory the losses on held-out rows, to which the optimizer adds each measured loss
     * @param checkpoints the checkpoints to resume from and to write
     * @param interruption the possible request to stop
     * @param progress receives a line for each problem with checkpoints
     */
    TrainingLoop(
            Objective objective,
            Optimizer.StepListener listener,
            List<Double> validationHistory,
            Checkpoints checkpoints,
            Interruption interruption,
            Progress progress) {
        this.objective = objective;
        this.listener = listener;
        this.validationHistory = validationHistory;
        this.checkpoints = checkpoints;
        this.interruption = interruption;
        this.progress = progress;
    }

    /**
     * Starts, or continues from a checkpoint.
     *
     * @return whether the first evaluation of the checkpoint, computed again, gave the same bits
     */
    boolean begin(Optimizer optimizer, Coefficients initial) {
        Optional<Checkpoint> resumed = checkpoints.resumed();
        if (resumed.isEmpty()) {
            run = optimizer.states(initial, this);
            return true;
        }
        Checkpoint.Progress before = resumed.get().progress();
        SavedState state = resumed.get().state();
        if (!objective.resume(state, before.evaluations(), before.passes())) {
            return false;
        }
        history.addAll(before.history());
        secondsBefore = before.seconds();
        step = before.step();
        epoch = before.epoch();
        recordedStep = step;
        recordedEpoch = epoch;
        run = optimizer.resume(state, this);
        validationHistory.clear(); // the losses that were measured again
        validationHistory.addAll(
                Arrays.stream(state.vector(VALIDATION_HISTORY)).boxed().toList());
        progress.note("going on after step %d".formatted(step));
        return true;
    }

    /**
     * Runs to the last state. After a failure, a checkpoint of the last complete step is written.
     *
     * @throws TrainingInterrupted when a signal has asked to stop, after a checkpoint
     */
    OptimizerState end() {
        Run states = java.util.Objects.requireNonNull(run, "begun");
        try {
            OptimizerState state;
            do {
                state = states.next();
                record(state);
                step = state.step();
                epoch = state.epoch();
                if (state.stop() == null) {
                    paused();
                }
            } while (states.hasNext());
            return state;
        } catch (TrainingInterrupted stopped) {
            throw stopped;
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            saveBefore(failure);
            throw failure;
        }
    }

    /**
     * Adds the objective of a state to the history. A last state without a step equals the previous state with a
     * reason.
     */
    private void record(OptimizerState state) {
        boolean stepped = state.step() != recordedStep || state.epoch() != recordedEpoch;
        if (history.isEmpty() || stepped) {
            history.add(state.objective());
        }
        recordedStep = state.step();
        recordedEpoch = state.epoch();
    }

    /** Returns the objective of each state so far. */
    List<Double> history() {
        return history;
    }

    @Override
    public void stepped(int steps, double value) {
        step = steps;
        listener.stepped(steps, value);
    }

    @Override
    public void paused() {
        if (run == null || !run.isSavable()) {
            return;
        }
        rest = here();
        if (interruption.isRequested()) {
            try {
                interrupt(rest);
            } catch (IOException unwritable) {
                throw new java.io.UncheckedIOException(unwritable);
            }
        }
        if (checkpoints.isDue(step)) {
            try {
                write(rest);
            } catch (IOException unwritable) {
                progress.note("no checkpoint after step %d, and training goes on: %s"
                        .formatted(step, unwritable.getMessage()));
            }
        }
    }

    private Checkpoint.Progress here() {
        double seconds = secondsBefore + (System.nanoTime() - start) / NANOS;
        return new Checkpoint.Progress(step, epoch, history, objective.evaluations(), objective.passes(), seconds);
    }

    private Optional<String> write(Checkpoint.Progress at) throws IOException {
        SavedState state = new SavedState();
        java.util.Objects.requireNonNull(run).save(state);
        objective.save(state);
        state.put(
                VALIDATION_HISTORY,
                validationHistory.stream().mapToDouble(Double::doubleValue).toArray());
        return checkpoints.write(at, state);
    }

    private void interrupt(Checkpoint.Progress at) throws IOException {
        Optional<String> folder = write(at);
        if (folder.isPresent()) {
            throw new TrainingInterrupted(at, folder.get());
        }
    }

    /**
     * Writes a checkpoint before a failure is handled. Ctrl-C may also have stopped executors, so that the step cannot
     * be finished.
     */
    private void saveBefore(Throwable failure) {
        Checkpoint.Progress at = rest;
        if (at == null || run == null || !run.isSavable()) {
            return;
        }
        try {
            if (interruption.isRequested()) {
                interrupt(at);
            } else if (at.step() > 0) {
                write(at);
            }
        } catch (IOException unwritable) {
            failure.addSuppressed(unwritable);
        }
    }
}
