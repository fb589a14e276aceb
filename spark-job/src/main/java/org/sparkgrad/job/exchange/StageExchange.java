package org.sparkgrad.job.exchange;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.exchange.pass.Pass;
import org.sparkgrad.job.exchange.pass.PassWriter;
import org.sparkgrad.job.exchange.stage.AnswerLayout;
import org.sparkgrad.job.exchange.stage.AnswerNumbers;
import org.sparkgrad.job.exchange.stage.RoundServer;
import org.sparkgrad.job.exchange.stage.Rounds;
import org.sparkgrad.job.exchange.stage.Timeouts;
import org.sparkgrad.job.exchange.stage.WorkerFailure;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerReport;
import org.sparkgrad.job.exchange.worker.WorkerSums;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.problem.Problem;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.spark.JobScope;

/**
 * One Spark stage for the whole training. Its tasks hold their shards and request each step from the driver over
 * Spark's network layer. Spark replaces a lost worker. A stage that fails, or that lacks workers for too long, is
 * launched again and continues with the open step. The answer of a worker is a function of its shards, so no fault
 * changes a sum.
 */
public final class StageExchange implements Exchange {
    private static final long TICK = 100;
    private static final Pattern CANCELLED = Pattern.compile("Job \\d+ cancelled");
    private static final long GROWTH_CHECK = 5_000_000_000L;
    private static final String MOST_FAILURES = "spark.task.maxFailures";

    private final JavaSparkContext spark;
    private final WorkerPlan plan;
    private final Consumer<String> notes;
    private final Timeouts timeouts;
    private final int mostFailures;
    private final StageQueue.Turn turn;
    private final RoundServer<WorkerSums> server;
    private final WorkerStage stage;
    private final PassWriter passes = new PassWriter(Rounds.HEAD);
    private final LatestReports reports = new LatestReports();
    private volatile int length;
    private volatile ExchangeStatistics traffic;
    private int relaunches;
    private Set<String> silentBefore = Set.of();
    private long growthChecked = System.nanoTime();

    /**
     * Waits for free slots, opens the port and launches the stage.
     *
     * @param plan the sums that the workers compute
     * @param notes receives a line for each fault and its handling
     */
    public StageExchange(JavaSparkContext spark, WorkerPlan plan, Consumer<String> notes) {
        this(spark, plan, plan, notes);
    }

    /** Creates an exchange with workers that compute other sums. */
    StageExchange(JavaSparkContext spark, WorkerPlan plan, ShardSums.Factory factory, Consumer<String> notes) {
        this(spark, plan, factory, null, notes);
    }

    /**
     * Creates an exchange whose workers keep their engines at the end, for a later stage of the exchange with this id.
     */
    StageExchange(
            JavaSparkContext spark,
            WorkerPlan plan,
            ShardSums.Factory factory,
            @Nullable String keeper,
            Consumer<String> notes) {
        SparkConf conf = spark.getConf();
        this.spark = spark;
        this.plan = plan;
        this.notes = notes;
        this.timeouts = Timeouts.of(conf);
        this.mostFailures = conf.getInt(MOST_FAILURES, 4);
        this.turn = StageQueue.take(spark, notes);
        try {
            this.server = new RoundServer<>(conf, new Sums());
        } catch (RuntimeException failure) {
            turn.close();
            throw failure;
        }
        this.stage = new WorkerStage(spark, plan, factory, keeper, server, timeouts, turn);
        try {
            stage.launch(Integer.MAX_VALUE);
        } catch (RuntimeException failure) {
            server.close();
            turn.close();
            throw failure;
        }
        this.traffic = ExchangeStatistics.none(stage.workers());
    }

    /** Reads the answers of workers: the sums of the maximal subtrees of a worker's shards. */
    private final class Sums implements AnswerLayout<WorkerSums> {
        @Override
        public int arrays(int worker) {
            return stage.subtrees(worker).size();
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public WorkerSums read(int worker, ByteBuffer head, AnswerNumbers numbers) {
            return SumsMessage.read(head, stage.subtrees(worker), numbers);
        }
    }

    @Override
    public double[] sum(Pass pass) {
        growIfPossible();
        length = pass.length();
        Rounds<WorkerSums> rounds = server.rounds();
        long start = System.nanoTime();
        ByteBuffer question = passes.write(pass, plan.precision(pass));
        rounds.open(question);
        relaunches = 0;
        silentBefore = Set.of();
        List<MergeTree.Subtree<double[]>> sums = new ArrayList<>();
        List<WorkerSums> answers = answers(rounds);
        for (WorkerSums answer : answers) {
            sums.addAll(answer.sums());
            reports.add(answer);
        }
        traffic = traffic.plus(System.nanoTime() - start, question.remaining(), answers);
        return MergeTree.root(sums, plan.shards(), Pass::add);
    }

    private List<WorkerSums> answers(Rounds<WorkerSums> rounds) {
        while (true) {
            switch (await(rounds)) {
                case COMPLETE -> {
                    return rounds.close();
                }
                case STOPPED -> launchAfter(failure(rounds));
                case OPEN -> mendIfLacking(rounds);
            }
        }
    }

    private static Rounds.Progress await(Rounds<WorkerSums> rounds) {
        try {
            return rounds.await(TICK);
        } catch (InterruptedException interrupted) {
            throw JobScope.interrupted(interrupted);
        }
    }

    /** Returns the reason why the stage ended; throws the failure if a new launch cannot help. */
    private Problem failure(Rounds<WorkerSums> rounds) {
        Throwable cause = rounds.cause();
        String text = cause == null ? "its tasks ended by themselves" : String.valueOf(cause.getMessage());
        if (spark.sc().isStopped()) {
            throw lost("Spark has stopped: " + text, cause);
        }
        if (CANCELLED.matcher(text).find()) {
            throw (CancellationException) new CancellationException(text).initCause(cause);
        }
        List<WorkerFailure> failures = rounds.failures();
        Problem problem = !failures.isEmpty()
                ? failures.get(failures.size() - 1).problem()
                : cause == null ? new Problem(ExitCode.INTERNAL, text) : Problem.of(cause);
        long most =
                failures.stream()
                        .collect(Collectors.groupingBy(WorkerFailure::worker, Collectors.counting()))
                        .values()
                        .stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0);
        if (Math.max(most, relaunches + 1) >= mostFailures) {
            throw new JobException(
                    problem.exitCode() == ExitCode.INTERNAL ? ExitCode.CLUSTER_LOST : problem.exitCode(),
                    "workers failed %d times (%s) without a step in between; the last time: %s"
                            .formatted(Math.max(most, relaunches + 1), MOST_FAILURES, problem.message()),
                    cause);
        }
        return problem;
    }

    /** Replaces silent workers, and relaunches without workers that do not join. */
    private void mendIfLacking(Rounds<WorkerSums> rounds) {
        Set<String> silent = rounds.silentExecutors();
        Set<String> twice = new TreeSet<>(silent);
        twice.retainAll(silentBefore); // A first silence may be a pause of this process.
        silentBefore = silent;
        if (!twice.isEmpty()) {
            if (relaunches + 1 >= mostFailures) {
                throw lost(
                        "workers were silent %d times without a step in between, the last time on executor %s"
                                .formatted(relaunches + 1, String.join(", ", twice)),
                        null);
            }
            twice.forEach(executor -> TaskSlots.replace(spark, executor));
            launchAfter(new Problem(
                    ExitCode.CLUSTER_LOST,
                    "no sign of life, or no answer, of the worker on executor " + String.join(", ", twice)));
        } else if (rounds.hasMissingWorker()) {
            goOnWith(rounds.present(), rounds);
        }
    }

    private void goOnWith(int present, Rounds<WorkerSums> rounds) {
        if (present > 0) {
            notes.accept("%d of %d workers found no slot within %d s: going on with %d"
                    .formatted(
                            stage.workers() - present,
                            stage.workers(),
                            timeouts.join().toSeconds(),
                            present));
            stage.launch(present);
        } else if (TaskSlots.executors(spark) > 0) {
            notes.accept("waiting for free slots of the executors: other jobs hold them");
            rounds.restartJoinTime();
        } else {
            throw lost(
                    "no executor came for %d s: are there machines for this application?"
                            .formatted(timeouts.join().toSeconds()),
                    null);
        }
    }

    private void launchAfter(Problem problem) {
        relaunches++;
        stage.launch(Integer.MAX_VALUE);
        notes.accept("the training stage is launched again, with %d workers: %s"
                .formatted(stage.workers(), problem.message()));
    }

    /** Relaunches with more workers if slots are free. More workers hold fewer shards each. Called between steps. */
    private void growIfPossible() {
        if (System.nanoTime() - growthChecked > GROWTH_CHECK) {
            growthChecked = System.nanoTime();
            int room = stage.room();
            if (room > stage.workers()) {
                stage.launch(room);
                notes.accept("there are more slots: going on with %d workers".formatted(stage.workers()));
            }
        }
    }

    private static JobException lost(String message, @Nullable Throwable cause) {
        return cause == null
                ? new JobException(ExitCode.CLUSTER_LOST, message)
                : new JobException(ExitCode.CLUSTER_LOST, message, cause);
    }

    /** Returns how many messages and connections were refused so far. */
    long refused() {
        return server.refused();
    }

    @Override
    public List<WorkerReport> workers() {
        return reports.byDevice();
    }

    @Override
    public ExchangeStatistics traffic() {
        return traffic;
    }

    /** Ends the tasks and closes the port. */
    void end() {
        server.rounds().end();
        stage.end();
        server.close();
        turn.close();
    }

    /** Ends the tasks, closes the port and drops the blocks. */
    @Override
    public void close() {
        end();
        if (!spark.sc().isStopped()) {
            plan.release();
        }
    }
}
