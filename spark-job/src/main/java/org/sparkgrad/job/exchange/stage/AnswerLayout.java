package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;

/**
 * What the answers to the open round look like; called on the network's threads.
 *
 * @param <A> an answer
 */
public interface AnswerLayout<A> {
    /** Returns how many arrays a worker sends. */
    int arrays(int worker);

    /** Returns the length of each. */
    int length();

    /**
     * Reads an answer.
     *
     * @param head what came beside the numbers; of the network, to be copied
     * @param numbers all of them
     * @throws IllegalArgumentException if the worker cannot have given it to the open round
     */
    A read(int worker, ByteBuffer head, AnswerNumbers numbers);
}
