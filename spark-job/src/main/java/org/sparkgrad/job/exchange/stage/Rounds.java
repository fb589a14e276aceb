package org.sparkgrad.job.exchange.stage;

import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.Problem;

/**
 * The driver's state of the stage: which attempt has which place, which round is open, and which workers have answered.
 * One lock guards the state. Replies to waiting workers are stored until there is a round or an end to send.
 *
 * @param <A> an answer
 */
public final class Rounds<A> {
    /** The bytes before a question that the protocol needs. */
    public static final int HEAD = Reply.HEAD;

    private static final ByteBuffer NO_ROUND = ByteBuffer.allocate(0);

    private final AnswerLayout<A> answers;
    private final Timeouts timeouts;
    private final RefusalLog refusals;
    private int generation;
    private List<WorkerPlace<A>> places = List.of();
    private long round;
    private ByteBuffer question = NO_ROUND;
    private int missing;
    private long opened;
    private boolean ended;
    private boolean stopped;
    private @Nullable Throwable cause;
    private final List<WorkerFailure> failures = new ArrayList<>();

    /** The state of the open round. */
    public enum Progress {
        /** Not all workers have answered. */
        OPEN,
        /** All workers have answered. */
        COMPLETE,
        /** The stage is not running. */
        STOPPED
    }

    Rounds(AnswerLayout<A> answers, Timeouts timeouts, RefusalLog refusals) {
        this.answers = answers;
        this.timeouts = timeouts;
        this.refusals = refusals;
    }

    /**
     * Begins a generation, whose workers have to join. Workers of the previous generation receive the order to end. An
     * open round stays open, and all workers of the new generation have to answer it.
     */
    public synchronized int begin(int workers) {
        places.forEach(place -> place.send(Reply.of(Reply.Kind.STALE)));
        generation++;
        stopped = false;
        cause = null;
        places = IntStream.range(0, workers).mapToObj(w -> new WorkerPlace<A>()).toList();
        missing = workers;
        opened = System.nanoTime();
        return generation;
    }

    /** Records that the Spark job of a generation has ended. */
    public synchronized void stopped(int which, @Nullable Throwable reason) {
        if (which == generation) {
            stopped = true;
            cause = reason;
            notifyAll();
        }
    }

    /** Returns why the stage is not running; null if its Spark job succeeded. */
    public synchronized @Nullable Throwable cause() {
        return cause;
    }

    /** Opens the next round. Its body, after {@link #HEAD} free bytes, is sent until the round is complete. */
    public synchronized void open(ByteBuffer body) {
        round++;
        question = Reply.write(Reply.Kind.ROUND, round, body);
        failures.clear();
        missing = places.size();
        opened = System.nanoTime();
        places.forEach(place -> {
            place.ask();
            place.send(question);
        });
    }

    /** Waits until the round is complete, the stage ends, or some time has passed. */
    @SuppressWarnings("WaitNotInLoop") // after an early return the caller waits again
    public synchronized Progress await(long millis) throws InterruptedException {
        if (missing > 0 && !stopped) {
            wait(millis);
        }
        return missing == 0 ? Progress.COMPLETE : stopped ? Progress.STOPPED : Progress.OPEN;
    }

    /** Closes the round and returns the answers, by worker. */
    public synchronized List<A> close() {
        question = NO_ROUND;
        return places.stream()
                .map(place -> Objects.requireNonNull(place.answer))
                .toList();
    }

    /** Returns the failures that workers have reported in this round. */
    public synchronized List<WorkerFailure> failures() {
        return List.copyOf(failures);
    }

    /** Returns the executors of workers that have a place but send no heartbeat or no answer. */
    public synchronized Set<String> silentExecutors() {
        boolean late = System.nanoTime() - opened > timeouts.step().toNanos();
        TreeSet<String> silent = new TreeSet<>();
        for (WorkerPlace<A> place : places) {
            if (place.taken() && (place.silentFor(timeouts.silence()) || (late && place.answer == null))) {
                silent.add(place.executor());
            }
        }
        return silent;
    }

    /** Returns how many places have a worker. */
    public synchronized int present() {
        return count(WorkerPlace::taken);
    }

    /** Returns whether a worker did not join in time. */
    public synchronized boolean hasMissingWorker() {
        return count(place -> !place.taken() && place.silentFor(timeouts.join())) > 0;
    }

    /** Restarts the time in which missing workers have to join. */
    public synchronized void restartJoinTime() {
        places.forEach(WorkerPlace::restartSilence);
    }

    private int count(Predicate<WorkerPlace<A>> which) {
        return (int) places.stream().filter(which).count();
    }

    /** Ends the training. Each worker receives the end with its next reply. */
    public synchronized void end() {
        ended = true;
        places.forEach(place -> place.send(Reply.of(Reply.Kind.END)));
    }

    /** Records that a connection is lost. Its worker has the join timeout to connect again. */
    synchronized void lost(Channel channel) {
        places.stream().filter(place -> place.isOn(channel)).forEach(WorkerPlace::restartSilence);
    }

    /** Handles a message; replies now or later. */
    void receive(Request request, Channel from, Consumer<ByteBuffer> reply) {
        WorkerPlace<A> place = place(request, from, reply);
        if (place == null) {
            return;
        }
        if (request.kind() != Request.Kind.ANSWER) {
            take(place, request, from, reply);
            return;
        }
        AnswerNumbers numbers = due(place, request, from);
        if (numbers == null) {
            refuse(request, from, "an answer to no open round", reply);
            return;
        }
        try {
            answered(place, request, from, read(request, numbers), reply);
        } catch (IllegalArgumentException wrong) {
            unreadable(request, from, String.valueOf(wrong.getMessage()), reply);
        }
    }

    /** Copies numbers of an answer without the lock: the parts of one worker arrive on one thread. */
    void receivePart(Request request, Channel from) {
        WorkerPlace<A> place = place(request, from, nobody -> {});
        if (place == null) {
            return;
        }
        AnswerNumbers numbers = request.kind() == Request.Kind.PART ? due(place, request, from) : null;
        if (numbers == null || request.body().remaining() < Long.BYTES) {
            refuse(request, from, "numbers for no open round", nobody -> {});
            return;
        }
        try {
            numbers.add(request.body().getLong(), request.body());
        } catch (IllegalArgumentException wrong) { // without this part the answer cannot be read
            refuse(request, from, String.valueOf(wrong.getMessage()), nobody -> {});
        }
    }

    /** Returns the target for the numbers of an answer; null if the sender's answer is not awaited. */
    private synchronized @Nullable AnswerNumbers due(WorkerPlace<A> place, Request request, Channel from) {
        boolean due = request.round() == round
                && question.hasRemaining()
                && place.answer == null
                && place.isHeldBy(request.member().attempt(), from);
        int worker = request.member().worker();
        return due ? place.numbers(answers.arrays(worker), answers.length()) : null;
    }

    private A read(Request request, AnswerNumbers numbers) {
        ByteBuffer head = numbers.addLast(request.body());
        return answers.read(request.member().worker(), head, numbers);
    }

    private synchronized void answered(
            WorkerPlace<A> place, Request request, Channel from, A answer, Consumer<ByteBuffer> reply) {
        if (due(place, request, from) == null) {
            reply.accept(Reply.of(ended ? Reply.Kind.END : Reply.Kind.STALE));
            return;
        }
        place.answer = answer;
        place.await(reply);
        if (--missing == 0) {
            notifyAll();
        }
    }

    /** Handles an answer that cannot be read as a failure of the worker. */
    private synchronized void unreadable(Request request, Channel from, String reason, Consumer<ByteBuffer> reply) {
        refusals.add(from.remoteAddress(), request.member() + ": " + reason);
        failures.add(new WorkerFailure(
                request.member().worker(), new Problem(ExitCode.INTERNAL, "an answer that cannot be read: " + reason)));
        reply.accept(Reply.of(Reply.Kind.UNREADABLE));
    }

    /** Returns the place of the sender, or null after a reply that the sender has no place. */
    private synchronized @Nullable WorkerPlace<A> place(Request request, Channel from, Consumer<ByteBuffer> reply) {
        WorkerId member = request.member();
        if (ended) {
            reply.accept(Reply.of(Reply.Kind.END));
            return null;
        }
        if (member.generation() != generation || member.worker() < 0 || member.worker() >= places.size()) {
            refuse(request, from, "of an earlier launch", reply);
            return null;
        }
        WorkerPlace<A> place = places.get(member.worker());
        boolean joins = request.kind() == Request.Kind.ALIVE;
        if (!place.isHeldBy(member.attempt(), from)
                && !(joins && place.take(member.attempt(), text(request), from, timeouts.silence()))) {
            refuse(request, from, "the place is another's", reply);
            return null;
        }
        place.restartSilence();
        return place;
    }

    private synchronized void take(WorkerPlace<A> place, Request request, Channel from, Consumer<ByteBuffer> reply) {
        if (ended || !place.isHeldBy(request.member().attempt(), from)) {
            reply.accept(Reply.of(ended ? Reply.Kind.END : Reply.Kind.STALE));
            return;
        }
        switch (request.kind()) {
            case ALIVE -> reply.accept(Reply.of(Reply.Kind.CONTINUE));
            case NEXT -> next(place, reply);
            case PART, ANSWER -> refuse(request, from, "not a message that wants this reply", reply);
            case FAILED -> {
                failures.add(new WorkerFailure(request.member().worker(), FailureText.read(request.body())));
                place.leave();
                reply.accept(Reply.of(Reply.Kind.CONTINUE));
            }
        }
    }

    /** Sends the open round to a worker that has not answered it; else stores the worker's reply callback. */
    private void next(WorkerPlace<A> place, Consumer<ByteBuffer> reply) {
        place.await(reply);
        if (question.hasRemaining() && place.answer == null) {
            place.send(question);
        }
    }

    private void refuse(Request request, Channel from, String reason, Consumer<ByteBuffer> reply) {
        refusals.add(from.remoteAddress(), request.kind() + " of " + request.member() + ": " + reason);
        reply.accept(Reply.of(Reply.Kind.STALE));
    }

    private static String text(Request request) {
        return StandardCharsets.UTF_8.decode(request.body().duplicate()).toString();
    }
}
