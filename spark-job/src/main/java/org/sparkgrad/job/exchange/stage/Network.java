package org.sparkgrad.job.exchange.stage;

import java.util.List;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.client.TransportClientBootstrap;
import org.apache.spark.network.crypto.AuthClientBootstrap;
import org.apache.spark.network.crypto.AuthServerBootstrap;
import org.apache.spark.network.server.TransportServerBootstrap;
import org.apache.spark.network.util.TransportConf;
import org.sparkgrad.job.spark.version.ExtensibleTransport;

/**
 * Spark's network settings and, if Spark authenticates, Spark's authentication. Only this class of the package uses
 * internals of Spark.
 */
final class Network {
    /** The settings of the connections are {@code spark.sparkgrad.io.*}. */
    private static final String MODULE = "sparkgrad";

    private static final int THREADS = 2;

    private Network() {}

    static TransportConf conf() {
        SparkConf conf = SparkEnv.get().conf().clone();
        // A peer that knows the secret of the cluster encrypts as the cluster does. No weaker protocol is allowed.
        conf.setIfMissing("spark.network.crypto.saslFallback", "false");
        return ExtensibleTransport.conf(conf, MODULE, THREADS);
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
