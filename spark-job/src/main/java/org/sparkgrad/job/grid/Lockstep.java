package org.sparkgrad.job.grid;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.pass.BatchSlot;
import org.sparkgrad.job.exchange.pass.GradientPass;
import org.sparkgrad.job.exchange.pass.GramPass;
import org.sparkgrad.job.exchange.pass.GridPass;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.shard.ScaleChange;
import org.sparkgrad.job.spark.JobScope;

/**
 * Runs programs that each request gradients or matrices from an exchange. When all running programs have a request, one
 * pass over the data serves all gradients, in the order of the programs' numbers, and {@link FoldGrams} serves the
 * matrices. When a program ends, the next program starts. So the programs alone decide which models share a pass, and
 * therefore the bits.
 *
 * <p>Each program has its own thread, because an optimizer makes a request deep within a line search. The caller's
 * thread makes the passes, while all programs wait.
 *
 * @param <T> the result of a program
 */
public final class Lockstep<T> {
    /** The limit of the coefficients of all running programs; their optimizers hold about thirty vectors of them. */
    private static final int MOST_COEFFICIENTS = 1 << 18;

    /** The limit of the elements of all matrices of running programs, 256 MiB. */
    private static final long MOST_MATRICES = 1L << 25;

    private final Exchange exchange;
    private final FoldGrams grams;
    private final List<LockstepMember<T>> members = new ArrayList<>();
    private final LockstepMember.Group<T> group = new Threads();
    private int running;
    private boolean stopped;

    /**
     * @param exchange the exchange for the passes
     * @param folds the number of folds of its rows
     */
    public Lockstep(Exchange exchange, int folds) {
        this.exchange = exchange;
        this.grams = new FoldGrams(exchange, folds);
    }

    /**
     * Returns the largest number of programs that run at once.
     *
     * @param coefficients the K x (F + 1) coefficients of each program
     * @param matrix the number of elements of the matrix that each program holds, or 0
     */
    public static int most(int coefficients, long matrix) {
        long together = Math.min(MOST_COEFFICIENTS / coefficients, MOST_MATRICES / Math.max(1, matrix));
        return (int) Math.max(1, together);
    }

    /**
     * Adds a program.
     *
     * @param leftOut the fold that the program leaves out, or {@link GridModel#NONE}
     * @param scale the change from the program's features to the features of the blocks
     * @param program the program; it requests gradients over all rows, or matrices, over features of its own scale
     */
    public void add(int leftOut, ScaleChange scale, Function<Exchange, T> program) {
        members.add(new LockstepMember<>(group, members.size(), leftOut, scale, program));
    }

    /**
     * Runs the programs and returns their results, in order.
     *
     * @param most the largest number of programs that run at once
     */
    public List<T> run(int most) {
        int started = 0;
        try {
            while (true) {
                List<LockstepMember<T>> asking = asking();
                while (asking.size() < most && started < members.size()) {
                    start(members.get(started++));
                    asking = asking();
                }
                if (asking.isEmpty()) {
                    return members.stream().map(LockstepMember::result).toList();
                }
                answer(asking);
            }
        } finally {
            stop();
        }
    }

    private synchronized void start(LockstepMember<T> member) {
        running++;
        member.start();
    }

    /** Waits until every running program has a request or has ended. */
    private synchronized List<LockstepMember<T>> asking() {
        try {
            while (running > 0) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            throw JobScope.interrupted(interrupted);
        }
        members.forEach(LockstepMember::throwFailure);
        return members.stream().filter(LockstepMember::asks).toList();
    }

    private void answer(List<LockstepMember<T>> asking) {
        List<GridModel> models = new ArrayList<>();
        for (LockstepMember<T> member : asking) {
            if (member.question() instanceof GradientPass gradient) {
                models.add(new GridModel(gradient.coefficients(), member.leftOut()));
            }
        }
        Iterator<GradientSum> gradients = gradients(models).iterator();
        List<double[]> answers = new ArrayList<>();
        for (LockstepMember<T> member : asking) {
            answers.add(
                    member.question() instanceof GramPass gram
                            ? grams.sum(gram)
                            : gradients.next().toArray());
        }
        synchronized (this) {
            running += asking.size();
            for (int m = 0; m < answers.size(); m++) {
                asking.get(m).take(answers.get(m));
            }
            notifyAll();
        }
    }

    private List<GradientSum> gradients(List<GridModel> models) {
        if (models.isEmpty()) {
            return List.of();
        }
        GridPass pass = new GridPass(models, BatchSlot.ALL);
        return pass.ofModels(exchange.sum(pass));
    }

    private synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private synchronized double[] ask(LockstepMember<T> member, Pass question) {
        member.put(question);
        running--;
        notifyAll();
        try {
            while (member.asks() && !stopped) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        double[] answer = member.answer();
        if (answer == null) {
            throw new IllegalStateException("the other models of the grid have stopped");
        }
        return answer;
    }

    private synchronized void end(LockstepMember<T> member, @Nullable T result, @Nullable Throwable failure) {
        member.end(result, failure);
        running--;
        notifyAll();
    }

    /** The calls of the programs' threads. */
    private final class Threads implements LockstepMember.Group<T> {
        @Override
        public double[] ask(LockstepMember<T> member, Pass question) {
            return Lockstep.this.ask(member, question);
        }

        @Override
        public void end(LockstepMember<T> member, @Nullable T result, @Nullable Throwable failure) {
            Lockstep.this.end(member, result, failure);
        }

        @Override
        public List<WorkerReport> workers() {
            return exchange.workers();
        }
    }
}
