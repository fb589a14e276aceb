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
    private List<WorkerPlace<A>> seats = List.of();
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
        seats.forEach(seat -> seat.tell(Reply.of(Reply.Kind.STALE)));
        generation++;
        stopped = false;
        cause = null;
        seats = IntStream.range(0, workers).mapToObj(w -> new WorkerPlace<A>()).toList();
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

    /**
     * Opens the next round. The body, after {@link #HEAD} free bytes, is sent unchanged until the round is complete.
     */
    public synchronized void open(ByteBuffer body) {
        round++;
        question = Reply.write(Reply.Kind.ROUND, round, body);
        failures.clear();
        missing = seats.size();
        opened = System.nanoTime();
        seats.forEach(seat -> {
            seat.ask();
            seat.tell(question);
        });
    }

    /** Waits until the round is complete, the stage ends, or some time has passed. */
    @SuppressWarnings("WaitNotInLoop") // who wakes up too early is told that the round is open, and waits again
    public synchronized Progress await(long millis) throws InterruptedException {
        if (missing > 0 && !stopped) {
            wait(millis);
        }
        return missing == 0 ? Progress.COMPLETE : stopped ? Progress.STOPPED : Progress.OPEN;
    }

    /** Closes the round and returns the answers, by worker. */
    public synchronized List<A> close() {
        question = NO_ROUND;
        return seats.stream().map(seat -> Objects.requireNonNull(seat.answer)).toList();
    }

    /** Returns the failures that workers have reported in this round. */
    public synchronized List<WorkerFailure> failures() {
        return List.copyOf(failures);
    }

    /** Returns the executors of workers that have a place but send no heartbeat or no answer. */
    public synchronized Set<String> silentExecutors() {
        boolean late = System.nanoTime() - opened > timeouts.step().toNanos();
        TreeSet<String> silent = new TreeSet<>();
        for (WorkerPlace<A> seat : seats) {
            if (seat.taken() && (seat.silentFor(timeouts.silence()) || (late && seat.answer == null))) {
                silent.add(seat.executor());
            }
        }
        return silent;
    }

    /** Returns how many places have a worker. */
    public synchronized int present() {
        return count(WorkerPlace::taken);
    }

    /** Returns whether a worker did not join in time. */
    public synchronized boolean someoneIsOverdue() {
        return count(seat -> !seat.taken() && seat.silentFor(timeouts.join())) > 0;
    }

    /** Restarts the time in which missing workers have to join. */
    public synchronized void forgive() {
        seats.forEach(WorkerPlace::hear);
    }

    private int count(Predicate<WorkerPlace<A>> which) {
        return (int) seats.stream().filter(which).count();
    }

    /** Ends the training. Each worker receives the end with its next reply. */
    public synchronized void end() {
        ended = true;
        seats.forEach(seat -> seat.tell(Reply.of(Reply.Kind.END)));
    }

    /** Records that a connection is lost. Its worker has the join timeout to connect again. */
    synchronized void lost(Channel channel) {
        seats.stream().filter(seat -> seat.isOn(channel)).forEach(WorkerPlace::hear);
    }

    /** Handles a message; replies now or later. */
    void receive(Request request, Channel from, Consumer<ByteBuffer> reply) {
        WorkerPlace<A> seat = seat(request, from, reply);
        if (seat == null) {
            return;
        }
        if (request.kind() != Request.Kind.ANSWER) {
            take(seat, request, from, reply);
            return;
        }
        AnswerNumbers numbers = due(seat, request, from);
        if (numbers == null) {
            refuse(request, from, "an answer to no open round", reply);
            return;
        }
        try {
            answered(seat, request, from, read(request, numbers), reply);
        } catch (IllegalArgumentException wrong) {
            unreadable(request, from, String.valueOf(wrong.getMessage()), reply);
        }
    }

    /**
     * Copies the numbers of an answer. The parts of one worker arrive on one thread, so they are copied without the
     * lock.
     */
    void receivePart(Request request, Channel from) {
        WorkerPlace<A> seat = seat(request, from, nobody -> {});
        if (seat == null) {
            return;
        }
        AnswerNumbers numbers = request.kind() == Request.Kind.PART ? due(seat, request, from) : null;
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
    private synchronized @Nullable AnswerNumbers due(WorkerPlace<A> seat, Request request, Channel from) {
        boolean due = request.round() == round
                && question.hasRemaining()
                && seat.answer == null
                && seat.isHeldBy(request.member().attempt(), from);
        int worker = request.member().worker();
        return due ? seat.numbers(answers.arrays(worker), answers.length()) : null;
    }

    private A read(Request request, AnswerNumbers numbers) {
        ByteBuffer head = numbers.addLast(request.body());
        return answers.read(request.member().worker(), head, numbers);
    }

    private synchronized void answered(
            WorkerPlace<A> seat, Request request, Channel from, A answer, Consumer<ByteBuffer> reply) {
        if (due(seat, request, from) == null) {
            reply.accept(Reply.of(ended ? Reply.Kind.END : Reply.Kind.STALE));
            return;
        }
        seat.answer = answer;
        seat.await(reply);
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
    private synchronized @Nullable WorkerPlace<A> seat(Request request, Channel from, Consumer<ByteBuffer> reply) {
        WorkerId member = request.member();
        if (ended) {
            reply.accept(Reply.of(Reply.Kind.END));
            return null;
        }
        if (member.generation() != generation || member.worker() < 0 || member.worker() >= seats.size()) {
            refuse(request, from, "of an earlier launch", reply);
            return null;
        }
        WorkerPlace<A> seat = seats.get(member.worker());
        boolean joins = request.kind() == Request.Kind.ALIVE;
        if (!seat.isHeldBy(member.attempt(), from)
                && !(joins && seat.take(member.attempt(), text(request), from, timeouts.silence()))) {
            refuse(request, from, "the place is another's", reply);
            return null;
        }
        seat.hear();
        return seat;
    }

    private synchronized void take(WorkerPlace<A> seat, Request request, Channel from, Consumer<ByteBuffer> reply) {
        if (ended || !seat.isHeldBy(request.member().attempt(), from)) {
            reply.accept(Reply.of(ended ? Reply.Kind.END : Reply.Kind.STALE));
            return;
        }
        switch (request.kind()) {
            case ALIVE -> reply.accept(Reply.of(Reply.Kind.HEARD));
            case NEXT -> next(seat, reply);
            case PART, ANSWER -> refuse(request, from, "not a message that wants this reply", reply);
            case FAILED -> {
                failures.add(new WorkerFailure(request.member().worker(), FailureText.read(request.body())));
                seat.leave();
                reply.accept(Reply.of(Reply.Kind.HEARD));
            }
        }
    }

    /** Sends the open round to a worker that has not answered it; else stores the worker's reply callback. */
    private void next(WorkerPlace<A> seat, Consumer<ByteBuffer> reply) {
        seat.await(reply);
        if (question.hasRemaining() && seat.answer == null) {
            seat.tell(question);
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
