package org.sparkgrad.job.grid;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.FoldMask;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.ScaledExchange;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.GramPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.shard.ScaleChange;

/**
 * One of several programs in lockstep, and the exchange over blocks that the program uses. The group's lock guards the
 * state.
 *
 * @param <T> the result of the program
 */
final class LockstepMember<T> implements Exchange {
    /** The group of programs in lockstep, as called by the thread of a member. */
    interface Group<T> {
        /** Stores a member's request and waits for the sums. */
        double[] ask(LockstepMember<T> member, Pass question);

        /** Ends a member whose program has returned or failed. */
        void end(LockstepMember<T> member, @Nullable T result, @Nullable Throwable failure);

        /** Returns the reports of the workers so far. */
        List<WorkerReport> workers();
    }

    private final Group<T> group;
    private final int number;
    private final int leftOut;
    private final ScaleChange scale;
    private final Function<Exchange, T> program;
    private @Nullable Pass question;
    private double @Nullable [] answer;
    private @Nullable T result;
    private @Nullable Throwable failure;

    LockstepMember(Group<T> group, int number, int leftOut, ScaleChange scale, Function<Exchange, T> program) {
        this.group = group;
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
        } catch (Throwable any) { // thrown again in the caller's thread
            thrown = any;
        }
        group.end(this, returned, thrown);
    }

    @Override
    public double[] sum(Pass pass) {
        if (pass instanceof GradientPass gradient && gradient.slot().equals(BatchSlot.ALL)) {
            return group.ask(this, gradient);
        }
        if (pass instanceof GramPass gram && gram.taken().equals(FoldMask.ALL)) {
            return group.ask(this, new GramPass(gram.features(), gram.slot(), FoldMask.without(leftOut), gram.at()));
        }
        throw new IllegalArgumentException("models in lockstep do not ask for " + pass.kind());
    }

    @Override
    public List<WorkerReport> workers() {
        return group.workers();
    }

    /** The group's exchange stays open. */
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

    /** Returns the request, over the features of the blocks. */
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
