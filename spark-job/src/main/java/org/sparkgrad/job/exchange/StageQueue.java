package org.sparkgrad.job.exchange;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.job.placement.TaskSlots;
import org.sparkgrad.job.spark.JobScope;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * The queue of worker stages of one driver. A stage holds its slots until its training ends. Two stages with half of
 * the slots each would wait for each other forever. So stages start in the order of their requests, each in slots that
 * no other stage holds.
 */
final class StageQueue {
    private static final long TICK = 100;
    private static final Map<SparkContext, StageQueue> BY_CONTEXT = new WeakHashMap<>();

    private final Deque<Turn> waiting = new ArrayDeque<>();
    private final Map<Turn, Integer> workers = new HashMap<>();

    private StageQueue() {}

    /**
     * Waits until the earlier stages leave a slot free.
     *
     * @param notes receives a line if there is no free slot at first
     */
    static Turn take(JavaSparkContext spark, Consumer<String> notes) {
        StageQueue turns;
        synchronized (BY_CONTEXT) {
            turns = BY_CONTEXT.computeIfAbsent(spark.sc(), none -> new StageQueue());
        }
        Turn turn = turns.ask();
        try {
            boolean noted = false;
            while (!turns.starts(turn, TaskSlots.slots(spark))) {
                if (!noted) {
                    notes.accept("the stages of other trainings have all slots: waiting until one ends");
                    noted = true;
                }
                // The caller can cancel a job that waits in Spark's queue, by its group or tag.
                ShortJobs.collect(spark.parallelize(List.of(0), 1));
                turns.pause();
            }
            return turn;
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            turn.close();
            throw failure;
        }
    }

    /** The right of a stage to slots, until it is closed. */
    final class Turn implements AutoCloseable {
        private Turn() {}

        /** Returns how many of the given slots the other stages leave free, at least 1. */
        int room(int slots) {
            return StageQueue.this.room(this, slots);
        }

        /** Reserves slots. */
        void hold(int slots) {
            StageQueue.this.hold(this, slots);
        }

        @Override
        public void close() {
            StageQueue.this.end(this);
        }
    }

    private synchronized Turn ask() {
        Turn turn = new Turn();
        waiting.add(turn);
        return turn;
    }

    private synchronized boolean starts(Turn turn, int slots) {
        int left = slots - workers.values().stream().mapToInt(Integer::intValue).sum();
        if (waiting.peek() != turn || left <= 0) {
            return false;
        }
        waiting.remove();
        workers.put(turn, left);
        return true;
    }

    private synchronized int room(Turn turn, int slots) {
        int others = workers.entrySet().stream()
                .filter(entry -> entry.getKey() != turn)
                .mapToInt(Map.Entry::getValue)
                .sum();
        return Math.max(1, slots - others);
    }

    private synchronized void hold(Turn turn, int slots) {
        workers.put(turn, slots);
        notifyAll();
    }

    private synchronized void end(Turn turn) {
        waiting.remove(turn);
        workers.remove(turn);
        notifyAll();
    }

    @SuppressWarnings("WaitNotInLoop") // after an early return the caller checks again
    private synchronized void pause() {
        try {
            wait(TICK);
        } catch (InterruptedException interrupted) {
            throw JobScope.interrupted(interrupted);
        }
    }
}
