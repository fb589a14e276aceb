package org.sparkgrad.job.exchange.stage;

import io.netty.channel.socket.SocketChannel;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.StreamManager;
import org.apache.spark.network.server.TransportServer;

/** The driver's port: admits workers of the run, forwards their messages, and refuses everything else. */
public final class RoundServer<A> implements AutoCloseable {
    private final RefusalLog refusals = new RefusalLog();
    private final UnauthenticatedConnections unauthenticatedConnections = new UnauthenticatedConnections(refusals);
    private final UUID secret = UUID.randomUUID();
    private final Rounds<A> rounds;
    private final TransportContext context;
    private final TransportServer server;
    private final String host;

    /**
     * Opens the port as Spark opens the driver's port: bound to {@code spark.driver.bindAddress}, reached at
     * {@code spark.driver.host}. The port is {@code spark.sparkgrad.port}; 0, the default, is any free port.
     *
     * @param answers the reader of answers
     */
    public RoundServer(SparkConf conf, AnswerLayout<A> answers) {
        rounds = new Rounds<>(answers, Timeouts.of(conf), refusals);
        host = conf.get("spark.driver.host");
        context = new Guarded(new Handler());
        server = context.createServer(
                conf.get("spark.driver.bindAddress", host),
                conf.getInt("spark.sparkgrad.port", 0),
                Network.serverSide());
    }

    public Rounds<A> rounds() {
        return rounds;
    }

    /** Returns the address of the server for workers. */
    public Endpoint endpoint() {
        return new Endpoint(host, server.getPort(), secret);
    }

    /** Returns how many messages and connections were refused. */
    public long refused() {
        return refusals.count();
    }

    @Override
    public void close() {
        server.close();
        context.close();
    }

    /** Adds the frame limit before all other handlers of a new connection. */
    private final class Guarded extends Transport {
        Guarded(RpcHandler handler) {
            super(handler, true);
        }

        @Override
        protected void opened(SocketChannel channel) {
            super.opened(channel);
            FrameLimit.guard(channel, refusals, unauthenticatedConnections);
        }
    }

    private final class Handler extends RpcHandler {
        private final StreamManager noStreams = new NoStreams();

        @Override
        public void receive(TransportClient client, ByteBuffer message, RpcResponseCallback callback) {
            try {
                Request request = Request.parse(message, secret);
                FrameLimit.known(client.getChannel());
                rounds.receive(request, client.getChannel(), callback::onSuccess);
            } catch (IllegalArgumentException unauthenticated) {
                refuse(client, String.valueOf(unauthenticated.getMessage()));
            }
        }

        @Override
        public void receive(TransportClient client, ByteBuffer message) {
            try {
                Request request = Request.parse(message, secret);
                FrameLimit.known(client.getChannel());
                rounds.receivePart(request, client.getChannel());
            } catch (IllegalArgumentException unauthenticated) {
                refuse(client, String.valueOf(unauthenticated.getMessage()));
            }
        }

        @Override
        public StreamManager getStreamManager() {
            return noStreams;
        }

        @Override
        public void channelInactive(TransportClient client) {
            rounds.lost(client.getChannel());
        }

        @SuppressWarnings("FutureReturnValueIgnored") // closing needs no success
        private void refuse(TransportClient client, String reason) {
            refusals.add(client.getSocketAddress(), reason);
            client.getChannel().close();
        }
    }

    /** Refuses streams: the server has nothing to fetch. */
    private static final class NoStreams extends StreamManager {
        @Override
        public org.apache.spark.network.buffer.ManagedBuffer getChunk(long streamId, int chunkIndex) {
            throw new UnsupportedOperationException("no streams here");
        }
    }
}
