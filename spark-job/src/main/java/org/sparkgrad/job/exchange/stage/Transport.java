package org.sparkgrad.job.exchange.stage;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import org.apache.spark.network.server.RpcHandler;
import org.sparkgrad.job.spark.version.ExtensibleTransport;

/** Spark's transport, with faster encoding and decoding of the messages of a step. */
class Transport extends ExtensibleTransport {
    /** The names of Spark's handlers that encode messages and that receive messages. */
    private static final String ENCODER = "encoder";

    private static final String HANDLER = "handler";

    /** The bytes of one read: small at first, and as many as recent reads have received. */
    private static final int LEAST_READ = 64;

    private static final int FIRST_READ = 2048;
    private static final int MOST_READ = 128 << 10;

    Transport(RpcHandler handler, boolean closeIdle) {
        super(Network.conf(), handler, closeIdle);
    }

    @Override
    protected void opened(SocketChannel channel) {
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ));
        channel.pipeline()
                .addAfter(ENCODER, "sparkgradGatheredWrites", new BufferEncoder())
                .addBefore(HANDLER, "sparkgradKeptBodies", new BodyAssembler());
    }
}
