package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;

/**
 * The layout of the answers to the open round. Called on threads of the network.
 *
 * @param <A> an answer
 */
public interface AnswerLayout<A> {
    /** Returns the number of arrays that a worker sends. */
    int arrays(int worker);

    /** Returns the length of each array. */
    int length();

    /**
     * Reads an answer.
     *
     * @param head the part of the answer without the arrays; copy it, because the network reuses the buffer
     * @param numbers all arrays
     * @throws IllegalArgumentException if the worker cannot have given this answer to the open round
     */
    A read(int worker, ByteBuffer head, AnswerNumbers numbers);
}
