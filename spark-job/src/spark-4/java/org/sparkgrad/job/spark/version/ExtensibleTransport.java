package org.sparkgrad.job.spark.version;

import io.netty.channel.socket.SocketChannel;
import org.apache.spark.SparkConf;
import org.apache.spark.network.TransportContext;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportChannelHandler;
import org.apache.spark.network.util.TransportConf;
import scala.Option;

/** Spark's transport, which calls a method for each connection. */
public abstract class ExtensibleTransport extends TransportContext {
    /**
     * Creates the context of servers and clients.
     *
     * @param conf the settings, by {@link #conf}
     * @param handler receives the messages
     * @param closeIdle whether to close connections that wait for no reply
     */
    protected ExtensibleTransport(TransportConf conf, RpcHandler handler, boolean closeIdle) {
        super(conf, handler, closeIdle);
    }

    /** Returns the settings of a module of Spark's network layer, for a number of threads. */
    public static TransportConf conf(SparkConf conf, String module, int threads) {
        return SparkTransportConf.fromSparkConf(conf, module, threads, Option.empty(), Option.empty());
    }

    /** Receives a new connection with Spark's handlers. */
    protected abstract void opened(SocketChannel channel);

    @Override
    public final TransportChannelHandler initializePipeline(
            SocketChannel channel, RpcHandler handler, boolean isClient) {
        TransportChannelHandler created = super.initializePipeline(channel, handler, isClient);
        opened(channel);
        return created;
    }
}
