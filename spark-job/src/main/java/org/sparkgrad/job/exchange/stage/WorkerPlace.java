package org.sparkgrad.job.exchange.stage;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A worker's place in the stage, as the driver sees it; guarded by the lock of {@link Rounds}. */
final class WorkerPlace<A> {
    private static final long NOBODY = -1;

    private long attempt = NOBODY;
    private String executor = "";
    private @Nullable Channel channel;
    private long heard = System.nanoTime();
    private @Nullable Consumer<ByteBuffer> waiting;

    @Nullable
    A answer;

    private @Nullable AnswerNumbers numbers;

    /** Whether the member may sit here from now on: nobody does, or one that is lost or was not heard for a while. */
    boolean take(long newcomer, String where, Channel from, Duration patience) {
        boolean free = channel == null || !channel.isActive() || silentFor(patience);
        if (!free || newcomer <= attempt) {
            return false;
        }
        attempt = newcomer;
        executor = where;
        channel = from;
        waiting = null;
        numbers = null; // the one before may still be writing
        return true;
    }

    /** Frees the place for the next attempt. */
    void leave() {
        channel = null;
        waiting = null;
        hear();
    }

    boolean isOn(Channel other) {
        return other.equals(channel);
    }

    boolean isHeldBy(long member, Channel from) {
        return attempt == member && from.equals(channel);
    }

    /** Whether somebody sits here, and the connection lives. */
    boolean taken() {
        return channel != null && channel.isActive();
    }

    String executor() {
        return executor;
    }

    void hear() {
        heard = System.nanoTime();
    }

    boolean silentFor(Duration time) {
        return System.nanoTime() - heard > time.toNanos();
    }

    /** Returns where the numbers of the answer go. */
    AnswerNumbers numbers(int arrays, int length) {
        if (numbers == null || !numbers.fits(arrays, length)) {
            numbers = new AnswerNumbers(arrays, length);
        }
        return numbers;
    }

    /** Waits for the answer to a new round. */
    void ask() {
        answer = null;
        if (numbers != null) {
            numbers.restart();
        }
    }

    void await(Consumer<ByteBuffer> reply) {
        waiting = reply;
    }

    /** AnswerLayout the worker if it waits. */
    void tell(ByteBuffer reply) {
        Consumer<ByteBuffer> told = waiting;
        if (told != null) {
            waiting = null;
            told.accept(reply.duplicate());
        }
    }
}
