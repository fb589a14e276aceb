package org.sparkgrad.job.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.exchange.stage.RoundServer;
import org.sparkgrad.job.exchange.stage.Rounds;
import org.sparkgrad.job.exchange.stage.Timeouts;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.exchange.worker.WorkerSums;
import org.sparkgrad.job.placement.ShardAssignment;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.shard.MergeTree;
import org.sparkgrad.job.spark.JobScope;

/**
 * Launches the Spark stage of the workers on its own thread, and ends it. One generation runs at a time. The job has
 * the group, tags, pool and other properties of the caller, and a tag of its own by which this class cancels it.
 */
final class WorkerStage {
    private static final String DESCRIPTION = "spark.job.description";
    private static final long END = Duration.ofSeconds(10).toMillis();

    private final JavaSparkContext spark;
    private final WorkerPlan plan;
    private final ShardSums.Factory factory;
    private final @Nullable String keeper;
    private final RoundServer<WorkerSums> server;
    private final Timeouts timeouts;
    private final StageQueue.Turn turn;
    private volatile List<List<MergeTree.Subtree<Integer>>> subtrees = List.of();
    private int generation;
    private String tag = "";
    private int free;
    private Set<String> executors = Set.of();
    private @Nullable Thread job;

    WorkerStage(
            JavaSparkContext spark,
            WorkerPlan plan,
            ShardSums.Factory factory,
            @Nullable String keeper,
            RoundServer<WorkerSums> server,
            Timeouts timeouts,
            StageQueue.Turn turn) {
        this.spark = spark;
        this.plan = plan;
        this.factory = factory;
        this.keeper = keeper;
        this.server = server;
        this.timeouts = timeouts;
        this.turn = turn;
    }

    /** Returns T. */
    int workers() {
        return subtrees.size();
    }

    /** Returns the maximal subtrees of a worker's shards, each with its index. */
    List<MergeTree.Subtree<Integer>> subtrees(int worker) {
        return subtrees.get(worker);
    }

    /** Launches the stage in the free slots, instead of the previous stage. */
    void launch(int most) {
        cancel();
        List<String> pins = plan.pins(spark);
        pins = pins.subList(0, Math.max(1, Math.min(most, room(pins))));
        turn.hold(pins.size());
        executors = Set.copyOf(TaskSlots.locations());
        free = 0;
        ShardAssignment assignment = new ShardAssignment(plan.shards(), pins.size(), plan.shards());
        subtrees = IntStream.range(0, pins.size())
                .mapToObj(w -> MergeTree.cover(assignment.start(w), assignment.start(w + 1)))
                .toList();
        Rounds<WorkerSums> rounds = server.rounds();
        generation = rounds.begin(pins.size());
        int mine = generation;
        String mark = JobScope.newTag();
        tag = mark;
        JavaRDD<?> tasks = plan.tasks(pins);
        Thread thread = new Thread(
                () -> {
                    try {
                        spark.addJobTag(mark);
                        describe("training: a task for each of " + tasks.getNumPartitions() + " workers");
                        run(tasks, mine);
                        rounds.stopped(mine, null);
                    } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
                        rounds.stopped(mine, failure);
                    }
                },
                "sparkgrad-stage-" + mine);
        thread.setDaemon(true);
        thread.start();
        job = thread;
    }

    /** Sets the description of the job, unless the caller has set one. */
    private void describe(String what) {
        if (spark.getLocalProperty(DESCRIPTION) == null) {
            spark.setJobDescription(what);
        }
    }

    private <T> void run(JavaRDD<T> tasks, int mine) {
        tasks.foreachPartition(new StageTask<T>(
                server.endpoint(), timeouts, mine, tasks.getNumPartitions(), plan.engine(), factory, keeper));
    }

    /**
     * Returns how many workers have slots: the slots of executors that joined after the launch, and the slots that were
     * free both at the last call and now. A slot that is free for a moment only is between two tasks of another job.
     */
    int room() {
        int most = room(plan.pins(spark));
        if (most <= workers() || !executors.containsAll(TaskSlots.locations())) {
            return most;
        }
        int freeNow = TaskSlots.free(spark);
        int lasting = Math.max(0, Math.min(free, freeNow));
        free = freeNow;
        return Math.min(most, workers() + lasting);
    }

    private int room(List<String> pins) {
        return Math.min(pins.size(), turn.room(TaskSlots.slots(spark)));
    }

    /** Waits until the tasks have ended, and cancels them if they do not end in time. */
    void end() {
        if (job != null && !ended(job)) {
            cancel();
        }
    }

    private void cancel() {
        Thread running = job;
        if (running != null) {
            if (running.isAlive() && !spark.sc().isStopped()) {
                JobScope.cancel(spark.sc(), tag);
            }
            ended(running);
            job = null;
        }
    }

    private static boolean ended(Thread thread) {
        JobScope.uninterrupted(() -> {
            try {
                thread.join(END);
            } catch (InterruptedException again) {
                Thread.currentThread().interrupt();
            }
        });
        return !thread.isAlive();
    }
}
