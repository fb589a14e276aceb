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
import org.apache.spark.network.client.TransportClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;

/** The driver's port against those who do not belong to the run. */
class UnauthenticatedConnectionsTest extends RoundServerFixture {
    /** Milliseconds; after 30 s without the secret a connection is closed whatever was sent. */
    private static final int BEFORE_PATIENCE_ENDS = 25_000;

    @Test
    void withoutTheSecretAConnectionIsClosed() throws Exception {
        int generation = rounds.begin(1);
        TransportClient stranger = connect();
        WorkerId member = new WorkerId(generation, 0, 1);
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
            WorkerId member = new WorkerId(rounds.begin(1), 0, 1);
            TransportClient stranger = connect();
            assertThrows(RuntimeException.class, () -> send(stranger, Request.Kind.ALIVE, member, 0, 0));
            assertEquals(0, rounds.present());
            clients.close();
            clients = context.createClientFactory(Network.clientSide());
            assertEquals(Reply.Kind.CONTINUE, send(connect(), Request.Kind.ALIVE, member, 0, 0));
            assertEquals(1, rounds.present());
        } finally {
            session.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 8, 1 << 20, 1 << 18, Integer.MAX_VALUE, Long.MAX_VALUE, -1})
    void framesThatAreTooLargeCloseTheConnection(long length) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.endpoint().port())) {
            socket.setSoTimeout(BEFORE_PATIENCE_ENDS);
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
            assertEquals(-1, socket.getInputStream().read());
        }
        assertEquals(1, server.refused());
    }

    /** Spark would say an error for each, with its stack: fetches, streams, uploads, answers, and heads that are cut. */
    @ParameterizedTest
    @ValueSource(bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -1, 99})
    void messagesThatAreNotForStrangersCloseTheConnection(byte kind) throws Exception {
        try (ErrorLines errors = new ErrorLines()) {
            for (int probe = 1; probe <= 20; probe++) {
                try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.endpoint().port())) {
                    socket.setSoTimeout(BEFORE_PATIENCE_ENDS);
                    int body = kind == 3 || kind == 9 ? 3 : 30;
                    socket.getOutputStream()
                            .write(ByteBuffer.allocate(Long.BYTES + 1 + body)
                                    .putLong(Long.BYTES + 1 + body)
                                    .put(kind)
                                    .array());
                    assertEquals(-1, socket.getInputStream().read());
                }
                assertEquals(probe, server.refused());
            }
            assertEquals("", errors.text());
        }
    }

    @Test
    void onlySoManyConnectionsWaitForTheSecret() throws Exception {
        List<Socket> silent = new ArrayList<>();
        int more = 50;
        for (int i = 0; i < UnauthenticatedConnections.MOST + more; i++) {
            silent.add(new Socket(
                    InetAddress.getLoopbackAddress(), server.endpoint().port()));
        }
        await(() -> server.refused() == more);
        for (Socket socket : silent.subList(0, more)) {
            assertEquals(-1, socket.getInputStream().read(), "the oldest are closed");
        }
        WorkerId member = new WorkerId(rounds.begin(1), 0, 1);
        assertEquals(Reply.Kind.CONTINUE, send(connect(), Request.Kind.ALIVE, member, 0, 0));
        for (Socket socket : silent) {
            socket.close();
        }
    }

    @Test
    void membersGoOnWhileStrangersFloodThePort() throws Exception {
        int generation = rounds.begin(1);
        WorkerId member = new WorkerId(generation, 0, 1);
        TransportClient worker = connect();
        assertEquals(Reply.Kind.CONTINUE, send(worker, Request.Kind.ALIVE, member, 0, 0));
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
            rounds.open(question());
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
