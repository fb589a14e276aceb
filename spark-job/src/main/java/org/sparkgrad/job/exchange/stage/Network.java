package org.sparkgrad.job.exchange.stage;

import java.util.List;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.netty.SparkTransportConf;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;

/** Spark's network settings and, where it authenticates, its way to do so; the one class here that reaches into Spark. */
final class Network {
    /** Settings of the connections are {@code spark.sparkgrad.io.*}. */
    private static final String MODULE = "sparkgrad";

    private static final int THREADS = 2;

    private Network() {}

    static TransportConf conf() {
        SparkConf conf = SparkEnv.get().conf().clone();
        // Who knows the secret of the cluster encrypts as the cluster does: no weaker way beside it.
        conf.setIfMissing("spark.network.crypto.saslFallback", "false");
        return SparkTransportConf.fromSparkConf(conf, MODULE, THREADS, SparkTransportConf.fromSparkConf$default$4());
    }

    static List<TransportServerBootstrap> serverSide() {
        SecurityManager security = SparkEnv.get().securityManager();
        return security.isAuthenticationEnabled() ? List.of(new AuthServerBootstrap(conf(), security)) : List.of();
    }

    static List<TransportClientBootstrap> clientSide() {
        SecurityManager security = SparkEnv.get().securityManager();
        return security.isAuthenticationEnabled()
                ? List.of(new AuthClientBootstrap(conf(), security.getSaslUser(), security))
                : List.of();
    }
}
