package org.sparkgrad.job.exchange.stage;

import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.socket.SocketChannel;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportChannelHandler;

/** Spark's transport, with cheaper ways in and out for what a step sends. */
class Transport extends TransportContext {
    /** Spark's names of the handlers that write messages as bytes, and that take messages. */
    private static final String ENCODER = "encoder";

    private static final String HANDLER = "handler";

    /** How much is read at once: little at first, and as much as there is where much has come before. */
    private static final int LEAST_READ = 64;

    private static final int FIRST_READ = 2048;
    private static final int MOST_READ = 128 << 10;

    Transport(RpcHandler handler, boolean closeIdle) {
        super(Network.conf(), handler, closeIdle);
    }

    @Override
    public TransportChannelHandler initializePipeline(SocketChannel channel, RpcHandler handler) {
        TransportChannelHandler created = super.initializePipeline(channel, handler);
        channel.config().setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ));
        channel.pipeline()
                .addAfter(ENCODER, "sparkgradGatheredWrites", new BufferEncoder())
                .addBefore(HANDLER, "sparkgradKeptBodies", new BodyAssembler());
        return created;
    }
}
