package org.sparkgrad.job.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.shard.ScaleChange;

/**
 * Runs programs that each ask an exchange for gradients, as one: when all that run have asked, one pass over the data
 * serves all of them, in the order of their numbers. A program that ends makes room for the next. So which models
 * share a pass follows from the programs alone, and so do the bits.
 *
 * <p>Each program has a thread of its own, because an optimizer asks from deep within a line search. Passes are made by
 * the caller's thread, while all others wait.
 *
 * @param <T> what a program returns
 */
public final class Lockstep<T> {
    /** The most coefficients of all programs that run at once: their optimizers hold some thirty vectors of them. */
    private static final int MOST_COEFFICIENTS = 1 << 18;

    private final Exchange exchange;
    private final List<Follower<T>> followers = new ArrayList<>();
    private int running;
    private boolean stopped;

    /** @param exchange what passes go to */
    public Lockstep(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Returns how many programs of so many coefficients run at once, at most. */
    public static int most(int coefficients) {
        return Math.max(1, MOST_COEFFICIENTS / coefficients);
    }

    /**
     * Adds a program.
     *
     * @param leftOut the fold that it leaves out, or {@link GridModel#NONE}
     * @param scale from its features to those of the blocks
     * @param program asks its exchange for gradients alone, over features of its own scale
     */
    public void add(int leftOut, ScaleChange scale, Function<Exchange, T> program) {
        followers.add(new Follower<>(this, followers.size(), leftOut, scale, program));
    }

    /**
     * Runs the programs and returns what they return, in order.
     *
     * @param coefficients K x (F + 1) of each
     */
    public List<T> run(int coefficients) {
        int most = most(coefficients);
        int started = 0;
        try {
            while (true) {
                List<Follower<T>> asking = asking();
                while (asking.size() < most && started < followers.size()) {
                    start(followers.get(started++));
                    asking = asking();
                }
                if (asking.isEmpty()) {
                    return followers.stream().map(Follower::result).toList();
                }
                answer(asking);
            }
        } finally {
            stop();
        }
    }

    private synchronized void start(Follower<T> follower) {
        running++;
        follower.start();
    }

    /** Waits until every program has asked or ended. */
    private synchronized List<Follower<T>> asking() {
        try {
            while (running > 0) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
        followers.forEach(Follower::throwFailure);
        return followers.stream().filter(Follower::asks).toList();
    }

    private void answer(List<Follower<T>> asking) {
        GridPass pass = new GridPass(asking.stream().map(Follower::model).toList(), BatchSlot.ALL);
        List<GradientSum> sums = pass.ofModels(exchange.sum(pass));
        synchronized (this) {
            running += asking.size();
            for (int m = 0; m < sums.size(); m++) {
                asking.get(m).take(sums.get(m));
            }
            notifyAll();
        }
    }

    private synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Called by a program's thread: hands its question over and waits for the answer. */
    synchronized GradientSum ask(Follower<T> follower, Coefficients coefficients) {
        follower.put(coefficients);
        running--;
        notifyAll();
        try {
            while (follower.asks() && !stopped) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        GradientSum answer = follower.answer();
        if (answer == null) {
            throw new IllegalStateException("the other models of the grid have stopped");
        }
        return answer;
    }

    /** Called by a program's thread at its end. */
    synchronized void end(Follower<T> follower, @Nullable T result, @Nullable Throwable failure) {
        follower.end(result, failure);
        running--;
        notifyAll();
    }

    List<WorkerReport> workers() {
        return exchange.workers();
    }
}
