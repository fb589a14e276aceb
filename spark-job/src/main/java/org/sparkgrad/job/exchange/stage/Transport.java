package org.sparkgrad.job.exchange.stage;

import io.netty.channel.socket.SocketChannel;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportChannelHandler;

/** Spark's transport, with cheaper ways in and out for what a step sends. */
class Transport extends TransportContext {
    /** Spark's names of the handlers that write messages as bytes, and that take messages. */
    private static final String ENCODER = "encoder";

    private static final String HANDLER = "handler";

    Transport(RpcHandler handler, boolean closeIdle) {
        super(Network.conf(), handler, closeIdle);
    }

    @Override
    public TransportChannelHandler initializePipeline(SocketChannel channel, RpcHandler handler) {
        TransportChannelHandler created = super.initializePipeline(channel, handler);
        channel.pipeline()
                .addAfter(ENCODER, "sparkgradGatheredWrites", new GatheredWrites())
                .addBefore(HANDLER, "sparkgradKeptBodies", new KeptBodies());
        return created;
    }
}
