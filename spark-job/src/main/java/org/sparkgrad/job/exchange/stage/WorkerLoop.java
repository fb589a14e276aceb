package org.sparkgrad.job.exchange.stage;

import java.io.IOException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.sparkgrad.job.problem.Problem;

/** A worker's life: join, then answer rounds until the driver says that training is over. */
public final class WorkerLoop {
    /** The most bytes beside the heap that a worker's answers take. */
    public static final long MOST_BUFFERED = DriverClient.MOST_BUFFERED;

    private WorkerLoop() {}

    /**
     * Lives it, in a Spark task.
     *
     * @param work answers; a failure is repeated once, then told to the driver and thrown
     * @param place names the worker in a failure
     * @throws IOException if the driver is gone
     */
    public static void run(Endpoint driver, WorkerId member, Timeouts timeouts, QuestionHandler work, String place)
            throws IOException, InterruptedException {
        try (DriverClient client = new DriverClient(driver, member, timeouts)) {
            Reply reply = DriverClient.require(client.ask(client.begin(Request.Kind.NEXT, 0, 0)));
            while (reply.kind() != Reply.Kind.END) {
                reply = DriverClient.require(client.answer(reply.round(), answer(client, work, reply, place)));
            }
        }
    }

    private static QuestionHandler.Answer answer(
            DriverClient client, QuestionHandler work, Reply question, String place)
            throws IOException, InterruptedException {
        try {
            return answer(work, question);
        } catch (RuntimeException | Error failure) {
            if (isSparks(failure)) {
                throw failure;
            }
            Problem problem = Problem.of(failure);
            byte[] text = FailureText.write(new Problem(problem.exitCode(), place + ": " + problem.message()));
            client.ask(client.begin(Request.Kind.FAILED, question.round(), text.length)
                    .put(text));
            throw failure;
        }
    }

    /** A launch that failed once may succeed; what failed twice is the device's or the data's fault. */
    private static QuestionHandler.Answer answer(QuestionHandler work, Reply question) {
        try {
            return work.answer(question.body().duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN));
        } catch (RuntimeException once) {
            if (isSparks(once)) {
                throw once;
            }
            try {
                return work.answer(question.body().duplicate().order(java.nio.ByteOrder.LITTLE_ENDIAN));
            } catch (RuntimeException | Error twice) {
                twice.addSuppressed(once);
                throw twice;
            }
        }
    }

    /** Whether Spark deals with it: a task that was killed, or files of a shuffle that are gone. */
    private static boolean isSparks(Throwable failure) {
        TaskContext task = TaskContext.get();
        return failure instanceof TaskKilledException
                || (task != null
                        && (task.isInterrupted()
                                || task.isFailed()
                                || task.fetchFailed().isDefined()));
    }
}
