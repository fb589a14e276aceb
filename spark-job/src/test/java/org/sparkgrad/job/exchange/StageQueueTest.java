package org.sparkgrad.job.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;

/** Stages get slots in the order in which they ask, and no slot twice. */
class StageQueueTest {
    private static final int SLOTS = 3;

    private final JavaSparkContext spark = TestSpark.context("local[3]");
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private StageQueue.Turn take() {
        return StageQueue.take(spark, notes::add);
    }

    @Test
    void theSecondGetsWhatTheFirstLeavesAndTheThirdWaits() throws InterruptedException, ExecutionException {
        StageQueue.Turn first = take();
        assertEquals(SLOTS, first.room(SLOTS));
        first.hold(2);
        StageQueue.Turn second = take();
        assertEquals(1, second.room(SLOTS));
        second.hold(1);
        assertTrue(notes.isEmpty(), () -> "" + notes);
        Future<StageQueue.Turn> third = threads.submit(this::take);
        assertThrows(TimeoutException.class, () -> third.get(1, TimeUnit.SECONDS));
        assertEquals(
                List.of("the stages of other trainings have all slots: waiting until one ends"), List.copyOf(notes));
        first.close();
        try (StageQueue.Turn turn = third.get()) {
            assertEquals(2, turn.room(SLOTS));
        }
        assertEquals(SLOTS, second.room(SLOTS));
        second.close();
    }

    /** While it waits it has jobs, by which a caller cancels it; one who is cancelled keeps nobody waiting. */
    @Test
    void whoWaitsIsCancelledByGroupAndByInterruption() throws InterruptedException {
        try (StageQueue.Turn first = take()) {
            first.hold(SLOTS);
            Future<StageQueue.Turn> grouped = threads.submit(() -> {
                spark.setJobGroup("waiting", "waiting");
                return take();
            });
            ExchangeRuns.await(
                    () -> {
                        spark.cancelJobGroup("waiting");
                        return grouped.isDone();
                    },
                    () -> "it waits");
            assertInstanceOf(
                    SparkException.class,
                    assertThrows(ExecutionException.class, grouped::get).getCause());
            ConcurrentLinkedQueue<Throwable> ends = new ConcurrentLinkedQueue<>();
            Thread waiting = new Thread(() -> ends.add(assertThrows(CancellationException.class, this::take)));
            waiting.start();
            waiting.interrupt();
            waiting.join();
            assertEquals(1, ends.size());
        }
        take().close();
    }
}
