package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.util.List;

/** Answers the questions of rounds on a worker. Only the thread of the task calls it. */
@FunctionalInterface
public interface QuestionHandler {
    /** Answers a question. */
    Answer answer(ByteBuffer question);

    /**
     * An answer.
     *
     * @param numbers arrays of one length, which are sent first, in several parts if they are large
     * @param head the rest of the answer, a few bytes
     */
    record Answer(List<double[]> numbers, ByteBuffer head) {}
}
