package org.sparkgrad.job.exchange.stage;

import java.nio.ByteBuffer;

/** What a worker does with a question; called by the task's thread alone. */
@FunctionalInterface
public interface Work {
    /** Answers a question. */
    Answer answer(ByteBuffer question);

    /** An answer that knows its size, so that it is written once, behind the message's head. */
    interface Answer {
        /** Returns the bytes it takes. */
        int bytes();

        /** Writes it, in little-endian order. */
        void write(ByteBuffer out);
    }
}
