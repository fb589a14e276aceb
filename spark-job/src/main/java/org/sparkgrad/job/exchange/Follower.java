package org.sparkgrad.job.exchange;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.job.shard.ScaleChange;

/** One program of a {@link Lockstep}, and the exchange over blocks that it asks. Its state is guarded by the lockstep. */
final class Follower<T> implements Exchange {
    private final Lockstep<T> lockstep;
    private final int number;
    private final int leftOut;
    private final ScaleChange scale;
    private final Function<Exchange, T> program;
    private @Nullable Pass question;
    private double @Nullable [] answer;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Follower(Lockstep<T> lockstep, int number, int leftOut, ScaleChange scale, Function<Exchange, T> program) {
        this.lockstep = lockstep;
        this.number = number;
        this.leftOut = leftOut;
        this.scale = scale;
        this.program = program;
    }

    void start() {
        Thread thread = new Thread(this::run, "sparkgrad-model-" + number);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        T returned = null;
        Throwable thrown = null;
        try {
            returned = program.apply(new ScaledExchange(this, scale));
        } catch (Throwable any) { // it is thrown again, in the caller's thread
            thrown = any;
        }
        lockstep.end(this, returned, thrown);
    }

    @Override
    public double[] sum(Pass pass) {
        if (pass instanceof GradientPass gradient && gradient.slot().equals(BatchSlot.ALL)) {
            return lockstep.ask(this, gradient);
        }
        if (pass instanceof GramPass gram && gram.taken().equals(FoldMask.ALL)) {
            return lockstep.ask(this, new GramPass(gram.features(), gram.slot(), FoldMask.without(leftOut), gram.at()));
        }
        throw new IllegalArgumentException("models in lockstep do not ask for " + pass.kind());
    }

    @Override
    public List<WorkerReport> workers() {
        return lockstep.workers();
    }

    /** The lockstep's exchange stays open. */
    @Override
    public void close() {}

    boolean asks() {
        return question != null;
    }

    void put(Pass pass) {
        question = pass;
        answer = null;
    }

    void take(double[] sums) {
        question = null;
        answer = sums;
    }

    /** Returns what it asks for, over the features of the blocks. */
    Pass question() {
        return Objects.requireNonNull(question);
    }

    int leftOut() {
        return leftOut;
    }

    double @Nullable [] answer() {
        return answer;
    }

    void end(@Nullable T returned, @Nullable Throwable thrown) {
        result = returned;
        failure = thrown;
        question = null;
    }

    void throwFailure() {
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    T result() {
        return Objects.requireNonNull(result);
    }
}
