package org.sparkgrad.job.exchange.stage;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The driver's state of one worker; guarded by the lock of {@link Rounds}. */
final class WorkerPlace<A> {
    private static final long NOBODY = -1;

    private long attempt = NOBODY;
    private String executor = "";
    private @Nullable Channel channel;
    private long lastMessage = System.nanoTime();
    private @Nullable Consumer<ByteBuffer> waiting;

    @Nullable
    A answer;

    private @Nullable AnswerNumbers numbers;

    /**
     * Takes the place for a newer attempt, if the place is free, its connection is lost, or its worker was silent for a
     * while. Returns whether the place was taken.
     */
    boolean take(long newcomer, String where, Channel from, Duration patience) {
        boolean free = channel == null || !channel.isActive() || silentFor(patience);
        if (!free || newcomer <= attempt) {
            return false;
        }
        attempt = newcomer;
        executor = where;
        channel = from;
        waiting = null;
        numbers = null; // the earlier attempt may still be writing
        return true;
    }

    /** Frees the place for the next attempt. */
    void leave() {
        channel = null;
        waiting = null;
        restartSilence();
    }

    boolean isOn(Channel other) {
        return other.equals(channel);
    }

    boolean isHeldBy(long member, Channel from) {
        return attempt == member && from.equals(channel);
    }

    /** Returns whether the place has a worker with an open connection. */
    boolean taken() {
        return channel != null && channel.isActive();
    }

    String executor() {
        return executor;
    }

    void restartSilence() {
        lastMessage = System.nanoTime();
    }

    boolean silentFor(Duration time) {
        return System.nanoTime() - lastMessage > time.toNanos();
    }

    /** Returns the arrays for the numbers of the answer. */
    AnswerNumbers numbers(int arrays, int length) {
        if (numbers == null || !numbers.fits(arrays, length)) {
            numbers = new AnswerNumbers(arrays, length);
        }
        return numbers;
    }

    /** Prepares for the answer to a new round. */
    void ask() {
        answer = null;
        if (numbers != null) {
            numbers.restart();
        }
    }

    void await(Consumer<ByteBuffer> reply) {
        waiting = reply;
    }

    /** Sends the reply if the worker waits for one. */
    void send(ByteBuffer reply) {
        Consumer<ByteBuffer> receiver = waiting;
        if (receiver != null) {
            waiting = null;
            receiver.accept(reply.duplicate());
        }
    }
}
