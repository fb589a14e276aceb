package org.sparkgrad.job.exchange;

import java.io.IOException;
import java.util.Iterator;
import java.util.UUID;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.sparkgrad.job.exchange.stage.Endpoint;
import org.sparkgrad.job.exchange.stage.Member;
import org.sparkgrad.job.exchange.stage.Timeouts;
import org.sparkgrad.job.exchange.stage.WorkerLoop;

/** A worker as a task of the stage that lasts as long as the training. */
final class StageTask<T> implements VoidFunction<Iterator<T>> {
    private static final long serialVersionUID = 1L;

    private final Endpoint driver;
    private final Timeouts timeouts;
    private final int generation;
    private final int workers;
    private final String engine;
    private final ShardSums.Factory factory;

    /** @param engine its name, for failures */
    StageTask(
            Endpoint driver, Timeouts timeouts, int generation, int workers, String engine, ShardSums.Factory factory) {
        this.driver = driver;
        this.timeouts = timeouts;
        this.generation = generation;
        this.workers = workers;
        this.engine = engine;
        this.factory = factory;
    }

    @Override
    public void call(Iterator<T> ignored) throws IOException, InterruptedException {
        TaskContext task = TaskContext.get();
        UUID incarnation = UUID.randomUUID();
        Member member = new Member(generation, task.partitionId(), task.taskAttemptId());
        PassReader passes = new PassReader();
        String place = "executor " + SparkEnv.get().executorId() + ", engine " + engine;
        try (ShardSums sums = factory.open(task.partitionId(), workers)) {
            WorkerLoop.run(
                    driver,
                    member,
                    timeouts,
                    question -> SumsMessage.of(WorkerSums.of(incarnation, sums, passes.read(question))),
                    place);
        }
    }
}
