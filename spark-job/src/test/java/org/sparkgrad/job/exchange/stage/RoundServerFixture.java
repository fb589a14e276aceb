package org.sparkgrad.job.exchange.stage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.sparkgrad.job.TestSpark;

/** A driver's port, and what workers send to it. An answer is a number. */
abstract class RoundServerFixture {
    static final long MILLIS = 5000;

    static final RpcResponseCallback IGNORED = new RpcResponseCallback() {
        @Override
        public void onSuccess(ByteBuffer response) {}

        @Override
        public void onFailure(Throwable failure) {}
    };

    RoundServer<Long> server;
    Rounds<Long> rounds;
    TransportContext context;
    TransportClientFactory clients;
    private final List<TransportClient> open = new ArrayList<>();

    @BeforeEach
    void start() {
        start(TestSpark.session("local[2]").sparkContext().conf());
    }

    final void start(SparkConf conf) {
        server = new RoundServer<>(conf, new OneNumber());
        rounds = server.rounds();
        context = new TransportContext(Network.conf(), new NoOpRpcHandler());
        clients = context.createClientFactory();
    }

    @AfterEach
    void stop() {
        open.forEach(TransportClient::close);
        clients.close();
        context.close();
        server.close();
    }

    private static final class OneNumber implements AnswerLayout<Long> {
        @Override
        public int arrays(int worker) {
            return 1;
        }

        @Override
        public int length() {
            return 1;
        }

        @Override
        public Long read(int worker, ByteBuffer head, AnswerNumbers numbers) {
            if (head.hasRemaining()) {
                throw new IllegalArgumentException("more than a number");
            }
            return (long) numbers.get(0)[0];
        }
    }

    /** Returns a question of one byte. */
    static ByteBuffer question() {
        return ByteBuffer.allocate(Rounds.HEAD + 1).position(Rounds.HEAD);
    }

    TransportClient connect() throws IOException, InterruptedException {
        TransportClient client =
                clients.createUnmanagedClient("127.0.0.1", server.endpoint().port());
        open.add(client);
        return client;
    }

    Reply.Kind send(TransportClient from, UUID secret, Request.Kind kind, WorkerId member, long round, long body) {
        ByteBuffer message = Request.begin(secret, kind, member, round, Long.BYTES)
                .putLong(body)
                .flip();
        return kind(from.sendRpcSync(message, MILLIS));
    }

    private static Reply.Kind kind(ByteBuffer reply) {
        return Reply.read(reply).kind();
    }

    Reply.Kind send(TransportClient from, Request.Kind kind, WorkerId member, long round, long body) {
        return send(from, server.endpoint().secret(), kind, member, round, body);
    }

    /** Sends an answer, to which there is no reply before the next round. */
    void answer(TransportClient from, WorkerId member, long round, long body) {
        from.sendRpc(ending(member, round, 0, 1, (double) body), IGNORED);
    }

    /** Sends the end of an answer to the first round that is refused. */
    Reply.Kind end(TransportClient from, WorkerId member, long at, int count, double... numbers) {
        return kind(from.sendRpcSync(ending(member, 1, at, count, numbers), MILLIS));
    }

    /** Returns the end of an answer that says it has so many numbers. */
    ByteBuffer ending(WorkerId member, long round, long at, int count, double... numbers) {
        int bytes = AnswerNumbers.LAST_HEAD + numbers.length * Double.BYTES;
        ByteBuffer end = Request.begin(server.endpoint().secret(), Request.Kind.ANSWER, member, round, bytes)
                .putLong(at)
                .putInt(count);
        end.asDoubleBuffer().put(numbers);
        return end.rewind();
    }

    void part(TransportClient from, WorkerId member, long round, long at, double... numbers) {
        ByteBuffer part = Request.begin(
                        server.endpoint().secret(),
                        Request.Kind.PART,
                        member,
                        round,
                        Long.BYTES + numbers.length * Double.BYTES)
                .putLong(at);
        part.asDoubleBuffer().put(numbers);
        from.send(part.rewind());
    }

    List<Long> complete() throws InterruptedException {
        await(() -> {
            try {
                return rounds.await(MILLIS) == Rounds.Progress.COMPLETE;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        return rounds.close();
    }

    static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
