package org.sparkgrad.job.exchange.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportClientFactory;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;

/** The driver's port against members, late and foreign messages, and strangers. An answer is a number. */
class RoundServerTest {
    private static final int LARGEST = 64;
    private static final long MILLIS = 5000;

    private RoundServer<Long> server;
    private Rounds<Long> rounds;
    private TransportContext context;
    private TransportClientFactory clients;
    private final List<TransportClient> open = new ArrayList<>();

    @BeforeEach
    void start() {
        start(TestSpark.session("local[2]").sparkContext().conf());
    }

    private void start(SparkConf conf) {
        server = new RoundServer<>(conf, (worker, body) -> number(body), () -> LARGEST);
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

    private static long number(ByteBuffer body) {
        if (body.remaining() != Long.BYTES) {
            throw new IllegalArgumentException("not a number");
        }
        return body.getLong();
    }

    private TransportClient connect() throws IOException, InterruptedException {
        TransportClient client =
                clients.createUnmanagedClient("127.0.0.1", server.endpoint().port());
        open.add(client);
        return client;
    }

    private Reply.Kind send(
            TransportClient from, UUID secret, Request.Kind kind, Member member, long round, long body) {
        ByteBuffer message = Request.begin(secret, kind, member, round, Long.BYTES)
                .putLong(body)
                .flip();
        return Reply.copy(from.sendRpcSync(message, MILLIS)).kind();
    }

    private Reply.Kind send(TransportClient from, Request.Kind kind, Member member, long round, long body) {
        return send(from, server.endpoint().secret(), kind, member, round, body);
    }

    /** Sends an answer, to which there is no reply before the next round. */
    private void answer(TransportClient from, Member member, long round, long body) {
        from.sendRpc(
                Request.begin(server.endpoint().secret(), Request.Kind.ANSWER, member, round, Long.BYTES)
                        .putLong(body)
                        .flip(),
                new org.apache.spark.network.client.RpcResponseCallback() {
                    @Override
                    public void onSuccess(ByteBuffer response) {}

                    @Override
                    public void onFailure(Throwable failure) {}
                });
    }

    private List<Long> complete() throws InterruptedException {
        await(() -> {
            try {
                return rounds.await(MILLIS) == Rounds.Progress.COMPLETE;
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        return rounds.close();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    void aRoundIsCompleteWhenEachMemberHasAnswered() throws Exception {
        int generation = rounds.begin(2);
        List<TransportClient> workers = List.of(connect(), connect());
        rounds.open(ByteBuffer.wrap(new byte[] {7}));
        for (int w = 0; w < 2; w++) {
            Member member = new Member(generation, w, 10 + w);
            assertEquals(Reply.Kind.HEARD, send(workers.get(w), Request.Kind.ALIVE, member, 0, 0));
            assertEquals(Reply.Kind.ROUND, send(workers.get(w), Request.Kind.NEXT, member, 0, 0));
            answer(workers.get(w), member, 1, 100 + w);
        }
        assertEquals(List.of(100L, 101L), complete());
        assertEquals(0, server.refused());
    }

    @Test
    void lateAndForeignMessagesAreRefused() throws Exception {
        Member old = new Member(rounds.begin(1), 0, 5);
        TransportClient worker = connect();
        assertEquals(Reply.Kind.HEARD, send(worker, Request.Kind.ALIVE, old, 0, 0));
        rounds.open(ByteBuffer.wrap(new byte[] {7}));
        int generation = rounds.begin(1);
        assertEquals(Reply.Kind.STALE, send(worker, Request.Kind.ANSWER, old, 1, 666));

        Member now = new Member(generation, 0, 6);
        TransportClient other = connect();
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.ANSWER, now, 1, 666)); // has not joined
        assertEquals(Reply.Kind.HEARD, send(other, Request.Kind.ALIVE, now, 0, 0));
        assertEquals(Reply.Kind.STALE, send(worker, Request.Kind.ANSWER, now, 1, 666)); // another connection
        assertEquals(Reply.Kind.STALE, send(worker, Request.Kind.ALIVE, new Member(generation, 0, 7), 0, 0));
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.ANSWER, now, 2, 666)); // a round to come
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.NEXT, new Member(generation, 9, 6), 0, 0));
        answer(other, now, 1, 100);
        await(() -> server.refused() == 6);
        answer(other, now, 1, 666); // a second time
        assertEquals(List.of(100L), complete());
        assertEquals(Reply.Kind.STALE, send(other, Request.Kind.ANSWER, now, 1, 666));
    }

    @Test
    void aLostWorkersPlaceIsTheNextAttempts() throws Exception {
        int generation = rounds.begin(1);
        rounds.open(ByteBuffer.wrap(new byte[] {7}));
        TransportClient first = connect();
        assertEquals(Reply.Kind.HEARD, send(first, Request.Kind.ALIVE, new Member(generation, 0, 5), 0, 0));
        first.close();
        await(() -> rounds.present() == 0);
        TransportClient second = connect();
        Member retry = new Member(generation, 0, 6);
        assertEquals(Reply.Kind.HEARD, send(second, Request.Kind.ALIVE, retry, 0, 0));
        assertEquals(Reply.Kind.ROUND, send(second, Request.Kind.NEXT, retry, 0, 0));
        answer(second, retry, 1, 3);
        assertEquals(List.of(3L), complete());
        rounds.end();
        assertEquals(Reply.Kind.END, send(second, Request.Kind.NEXT, retry, 1, 0));
    }

    @Test
    void withoutTheSecretAConnectionIsClosed() throws Exception {
        int generation = rounds.begin(1);
        TransportClient stranger = connect();
        Member member = new Member(generation, 0, 1);
        assertThrows(RuntimeException.class, () -> send(stranger, UUID.randomUUID(), Request.Kind.ALIVE, member, 0, 0));
        await(() -> !stranger.isActive());
        assertEquals(1, server.refused());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whereSparkAuthenticatesTheSecretOfTheRunIsNotEnough(boolean encrypted) throws Exception {
        stop();
        var session = TestSpark.cluster(
                "local[2]",
                Map.of(
                        "spark.authenticate", "true",
                        "spark.authenticate.secret", "of the cluster",
                        "spark.network.crypto.enabled", "" + encrypted));
        try {
            start(session.sparkContext().conf());
            Member member = new Member(rounds.begin(1), 0, 1);
            TransportClient stranger = connect();
            assertThrows(RuntimeException.class, () -> send(stranger, Request.Kind.ALIVE, member, 0, 0));
            assertEquals(0, rounds.present());
            clients.close();
            clients = context.createClientFactory(Network.clientSide());
            assertEquals(Reply.Kind.HEARD, send(connect(), Request.Kind.ALIVE, member, 0, 0));
            assertEquals(1, rounds.present());
        } finally {
            session.stop();
        }
    }

    @Test
    void malformedAnswersAreRefused() throws Exception {
        Member member = new Member(rounds.begin(1), 0, 1);
        TransportClient worker = connect();
        assertEquals(Reply.Kind.HEARD, send(worker, Request.Kind.ALIVE, member, 0, 0));
        rounds.open(ByteBuffer.wrap(new byte[] {7}));
        ByteBuffer cut = Request.begin(server.endpoint().secret(), Request.Kind.ANSWER, member, 1, 3)
                .put(new byte[3])
                .flip();
        assertEquals(
                Reply.Kind.STALE, Reply.copy(worker.sendRpcSync(cut, MILLIS)).kind());
        answer(worker, member, 1, 8);
        assertEquals(List.of(8L), complete());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 1 << 20, Integer.MAX_VALUE, Long.MAX_VALUE, -1})
    void framesThatAreTooLargeCloseTheConnection(long length) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.endpoint().port())) {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
            assertEquals(-1, socket.getInputStream().read());
        }
        assertEquals(1, server.refused());
    }

    @Test
    void membersGoOnWhileStrangersFloodThePort() throws Exception {
        int generation = rounds.begin(1);
        Member member = new Member(generation, 0, 1);
        TransportClient worker = connect();
        assertEquals(Reply.Kind.HEARD, send(worker, Request.Kind.ALIVE, member, 0, 0));
        SplittableRandom random = new SplittableRandom(1);
        List<Socket> silent = new ArrayList<>();
        for (int round = 1; round <= 200; round++) {
            Socket socket = new Socket(
                    InetAddress.getLoopbackAddress(), server.endpoint().port());
            silent.add(socket);
            if (round % 2 == 0) {
                byte[] garbage = new byte[10_000];
                random.nextBytes(garbage);
                flood(socket, garbage);
            }
            rounds.open(ByteBuffer.wrap(new byte[] {7}));
            assertEquals(Reply.Kind.ROUND, send(worker, Request.Kind.NEXT, member, round, 0));
            answer(worker, member, round, round);
            assertEquals(List.of((long) round), complete());
        }
        await(() -> server.refused() >= 100);
        for (Socket socket : silent) {
            socket.close();
        }
    }

    private static void flood(Socket socket, byte[] garbage) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(garbage);
        } catch (IOException closed) {
            assertTrue(socket.isConnected()); // the server has closed it before all was written
        }
    }
}
