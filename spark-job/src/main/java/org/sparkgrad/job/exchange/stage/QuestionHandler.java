package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;
import java.util.List;

/** What a worker does with a question; called by the task's thread alone. */
@FunctionalInterface
public interface QuestionHandler {
    /** AnswerLayout a question. */
    Answer answer(ByteBuffer question);

    /**
     * An answer.
     *
     * @param numbers arrays of one length, which go first, in parts where they are many
     * @param head the rest, a few bytes
     */
    record Answer(List<double[]> numbers, ByteBuffer head) {}
}
