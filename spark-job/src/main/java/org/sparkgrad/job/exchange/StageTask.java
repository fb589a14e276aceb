package org.sparkgrad.job.exchange;

import java.io.IOException;
import java.util.Iterator;
import java.util.UUID;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.exchange.pass.PassReader;
import org.sparkgrad.job.exchange.stage.Endpoint;
import org.sparkgrad.job.exchange.stage.Timeouts;
import org.sparkgrad.job.exchange.stage.WorkerId;
import org.sparkgrad.job.exchange.stage.WorkerLoop;
import org.sparkgrad.job.exchange.worker.ShardSums;
import org.sparkgrad.job.exchange.worker.WorkerCache;
import org.sparkgrad.job.exchange.worker.WorkerCache.Worker;
import org.sparkgrad.job.exchange.worker.WorkerSums;

/** A worker as a task of the stage, which runs during the whole training. */
final class StageTask<T> implements VoidFunction<Iterator<T>> {
    private static final long serialVersionUID = 1L;

    private final Endpoint driver;
    private final Timeouts timeouts;
    private final int generation;
    private final int workers;
    private final String engine;
    private final ShardSums.Factory factory;
    private final @Nullable String keeper;

    /**
     * @param engine the name of the engine, for failures
     * @param keeper the id of the exchange that reuses the engines after the end of the stage, or null
     */
    StageTask(
            Endpoint driver,
            Timeouts timeouts,
            int generation,
            int workers,
            String engine,
            ShardSums.Factory factory,
            @Nullable String keeper) {
        this.driver = driver;
        this.timeouts = timeouts;
        this.generation = generation;
        this.workers = workers;
        this.engine = engine;
        this.factory = factory;
        this.keeper = keeper;
    }

    @Override
    public void call(Iterator<T> ignored) throws IOException, InterruptedException {
        TaskContext task = TaskContext.get();
        WorkerId member = new WorkerId(generation, task.partitionId(), task.taskAttemptId());
        PassReader passes = new PassReader();
        String place = "executor " + SparkEnv.get().executorId() + ", engine " + engine;
        Worker worker = open(task.partitionId());
        boolean ended = false;
        try {
            WorkerLoop.run(
                    driver,
                    member,
                    timeouts,
                    question ->
                            SumsMessage.of(WorkerSums.of(worker.incarnation(), worker.sums(), passes.read(question))),
                    place);
            ended = true;
        } finally {
            release(task.partitionId(), worker, ended);
        }
    }

    private Worker open(int number) {
        return keeper == null
                ? new Worker(UUID.randomUUID(), factory.open(number, workers))
                : WorkerCache.take(new WorkerCache.Key(keeper, number, workers), () -> factory.open(number, workers));
    }

    private void release(int number, Worker worker, boolean ended) {
        TaskContext task = TaskContext.get();
        if (keeper != null && ended && !task.isInterrupted()) { // a cancelled stage's workers are not used again
            WorkerCache.putBack(new WorkerCache.Key(keeper, number, workers), worker);
        } else {
            worker.sums().close();
        }
    }
}
