package org.sparkgrad.job.exchange.stage;

import java.io.IOException;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.sparkgrad.job.problem.Problem;

/** The loop of a worker: joins, then answers rounds until the driver sends the end of the training. */
public final class WorkerLoop {
    /** The largest number of bytes of a worker's answers outside the heap. */
    public static final long MOST_BUFFERED = DriverClient.MOST_BUFFERED;

    private WorkerLoop() {}

    /**
     * Runs the loop in a Spark task.
     *
     * @param work the handler of questions; after a failure it is called once more, and a second failure is reported to
     *     the driver and thrown
     * @param place the name of the worker in a failure
     * @throws IOException if the driver is lost
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

    /**
     * Answers a question. A launch that failed once may succeed; a second failure is caused by the device or the data.
     */
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

    /** Returns whether Spark handles the failure: a killed task, or lost files of a shuffle. */
    private static boolean isSparks(Throwable failure) {
        TaskContext task = TaskContext.get();
        return failure instanceof TaskKilledException
                || (task != null
                        && (task.isInterrupted()
                                || task.isFailed()
                                || task.fetchFailed().isDefined()));
    }
}
