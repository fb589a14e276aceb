package org.sparkgrad.job.exchange.stage;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.buffer.NettyManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.protocol.OneWayMessage;
import org.apache.spark.network.server.NoOpRpcHandler;

/** The connection of a worker to the driver, with a thread that sends heartbeats while the worker computes. */
final class DriverClient implements AutoCloseable {
    /** The largest number of parts that wait to be written, in memory outside the executor's heap. */
    private static final int MOST_PARTS = 8;

    /** The bytes of these parts and of the end of an answer. */
    static final long MOST_BUFFERED = (MOST_PARTS + 1L) * Request.LARGEST;

    private final Endpoint driver;
    private final WorkerId member;
    private final Timeouts timeouts;
    private final TransportContext context;
    private final TransportClientFactory factory;
    private final TransportClient client;
    private final ScheduledExecutorService heart;
    private volatile long lastReply = System.nanoTime();
    private ByteBuffer end = ByteBuffer.allocateDirect(0);

    /** Connects and takes the place of the worker. */
    @SuppressWarnings("FutureReturnValueIgnored") // the next message finds a failed heartbeat
    DriverClient(Endpoint driver, WorkerId member, Timeouts timeouts) throws IOException, InterruptedException {
        this.driver = driver;
        this.member = member;
        this.timeouts = timeouts;
        context = new Transport(new NoOpRpcHandler(), false);
        factory = context.createClientFactory(Network.clientSide());
        heart = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sparkgrad-heartbeat-" + member.worker());
            thread.setDaemon(true);
            return thread;
        });
        try {
            client = factory.createUnmanagedClient(driver.host(), driver.port());
            require(ask(alive()));
        } catch (IOException | RuntimeException | InterruptedException failure) {
            close(null);
            throw failure;
        }
        long pause = timeouts.heartbeat().toMillis();
        heart.scheduleAtFixedRate(this::beat, pause, pause, TimeUnit.MILLISECONDS);
    }

    /** Returns a message with space for a body. */
    ByteBuffer begin(Request.Kind kind, long round, int bodyBytes) {
        return Request.begin(driver.secret(), kind, member, round, bodyBytes);
    }

    /**
     * Sends the answer to a round and waits for the next round. All numbers except those of the last part are sent as
     * separate parts, which the network writes while the next part is copied.
     */
    Reply answer(long round, QuestionHandler.Answer answer) throws IOException, InterruptedException {
        ArrayDeque<ChannelFuture> parts = new ArrayDeque<>();
        List<double[]> numbers = answer.numbers();
        int last = numbers.size() - 1;
        long sent = 0;
        for (int n = 0; n <= last; n++) {
            double[] array = numbers.get(n);
            int own = n == last ? lastPart(array) : array.length;
            for (int at = 0; at < own; at += Request.PART_NUMBERS) {
                if (parts.size() == MOST_PARTS) {
                    await(parts.remove());
                }
                int count = Math.min(Request.PART_NUMBERS, own - at);
                parts.add(client.getChannel().writeAndFlush(part(round, sent, array, at, count)));
                sent += count;
            }
        }
        return await(send(end(round, sent, last < 0 ? new double[0] : numbers.get(last), answer.head())));
    }

    /** Returns the start of the last part of an array. */
    private static int lastPart(double[] array) {
        return Math.max(0, array.length - 1) / Request.PART_NUMBERS * Request.PART_NUMBERS;
    }

    /** Returns the message that ends an answer; the next call overwrites the message. */
    private ByteBuffer end(long round, long sent, double[] array, ByteBuffer head) {
        int from = lastPart(array);
        int count = array.length - from;
        int bytes = Request.HEAD + AnswerNumbers.LAST_HEAD + count * Double.BYTES;
        if (end.capacity() < bytes + head.remaining()) {
            end = ByteBuffer.allocateDirect(bytes + head.remaining());
        }
        Request.begin(end.clear(), driver.secret(), Request.Kind.ANSWER, member, round)
                .putLong(sent)
                .putInt(count)
                .asDoubleBuffer()
                .put(array, from, count);
        return end.position(bytes).put(head).flip();
    }

    private OneWayMessage part(long round, long sent, double[] array, int at, int count) {
        int bytes = Request.HEAD + Long.BYTES + count * Double.BYTES;
        ByteBuf part = client.getChannel().alloc().directBuffer(bytes).writerIndex(bytes);
        Request.begin(part.nioBuffer(), driver.secret(), Request.Kind.PART, member, round)
                .putLong(sent)
                .asDoubleBuffer()
                .put(array, at, count);
        return new OneWayMessage(new NettyManagedBuffer(part));
    }

    /**
     * Sends a message and waits for the reply.
     *
     * @throws IOException if the connection is lost, or if the driver was silent for the time that it waits for a
     *     worker
     */
    Reply ask(ByteBuffer message) throws IOException, InterruptedException {
        return await(send(message.flip()));
    }

    private <T> T await(Future<T> reply) throws IOException, InterruptedException {
        while (true) {
            try {
                return reply.get(timeouts.heartbeat().toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException patience) {
                checkTask();
                Duration silence = Duration.ofNanos(System.nanoTime() - lastReply);
                if (silence.compareTo(timeouts.join()) > 0) {
                    throw new IOException("the driver was silent for " + silence.toSeconds() + " s", patience);
                }
            } catch (ExecutionException lost) {
                throw new IOException("the connection to the driver is lost: " + lost.getCause(), lost);
            }
        }
    }

    /** Returns the reply; throws an exception if the reply ends the task. */
    static Reply require(Reply reply) {
        return switch (reply.kind()) {
            case STALE -> throw new TaskKilledException("the driver goes on without this task");
            case UNREADABLE -> throw new IllegalStateException("the driver cannot read the answer of this task");
            default -> reply;
        };
    }

    private static void checkTask() {
        TaskContext task = TaskContext.get();
        if (task != null && task.isInterrupted()) {
            throw new TaskKilledException("killed while it waited for the driver");
        }
    }

    private CompletableFuture<Reply> send(ByteBuffer message) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        client.sendRpc(message, new RpcResponseCallback() {
            @Override
            public void onSuccess(ByteBuffer response) {
                lastReply = System.nanoTime();
                reply.complete(Reply.read(response));
            }

            @Override
            public void onFailure(Throwable failure) {
                reply.completeExceptionally(failure);
            }
        });
        return reply;
    }

    private ByteBuffer alive() {
        byte[] executor = SparkEnv.get().executorId().getBytes(StandardCharsets.UTF_8);
        return begin(Request.Kind.ALIVE, 0, executor.length).put(executor);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private void beat() {
        send(alive().flip()); // ignored: the next answer gets the same reply
    }

    @Override
    public void close() {
        close(client);
    }

    private void close(@org.jspecify.annotations.Nullable TransportClient open) {
        heart.shutdownNow();
        if (open != null) {
            open.close();
        }
        factory.close();
        context.close();
    }
}
