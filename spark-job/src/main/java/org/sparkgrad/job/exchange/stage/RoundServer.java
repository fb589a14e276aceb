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
import org.apache.spark.network.server.TransportChannelHandler;
import org.apache.spark.network.server.TransportServer;

/** The driver's port: lets members of the run in, passes on what they send, and refuses everything else. */
public final class RoundServer<A> implements AutoCloseable {
    private final RefusalLog refusals = new RefusalLog();
    private final UnauthenticatedConnections strangers = new UnauthenticatedConnections(refusals);
    private final UUID secret = UUID.randomUUID();
    private final Rounds<A> rounds;
    private final TransportContext context;
    private final TransportServer server;
    private final String host;

    /**
     * Opens the port, as Spark opens the driver's: on {@code spark.driver.bindAddress}, found by
     * {@code spark.driver.host}; {@code spark.sparkgrad.port} is 0, any free one, if not set.
     *
     * @param answers reads answers
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

    /** Returns the state. */
    public Rounds<A> rounds() {
        return rounds;
    }

    /** Returns where workers find it. */
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

    /** Puts the frame limit before everything else on a new connection. */
    private final class Guarded extends Transport {
        Guarded(RpcHandler handler) {
            super(handler, true);
        }

        @Override
        public TransportChannelHandler initializePipeline(SocketChannel channel, RpcHandler handler) {
            TransportChannelHandler created = super.initializePipeline(channel, handler);
            FrameLimit.guard(channel, refusals, strangers);
            return created;
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
            } catch (IllegalArgumentException stranger) {
                refuse(client, String.valueOf(stranger.getMessage()));
            }
        }

        @Override
        public void receive(TransportClient client, ByteBuffer message) {
            try {
                Request request = Request.parse(message, secret);
                FrameLimit.known(client.getChannel());
                rounds.receivePart(request, client.getChannel());
            } catch (IllegalArgumentException stranger) {
                refuse(client, String.valueOf(stranger.getMessage()));
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

    /** There is nothing to fetch here. */
    private static final class NoStreams extends StreamManager {
        @Override
        public org.apache.spark.network.buffer.ManagedBuffer getChunk(long streamId, int chunkIndex) {
            throw new UnsupportedOperationException("no streams here");
        }
    }
}
