package org.sparkgrad.job.exchange.stage;

import java.io.Serializable;
import java.util.UUID;

/**
 * Where workers find the driver, and what lets them in. Spark brings it to them with their task.
 *
 * @param host as executors reach the driver
 * @param port of the round server
 * @param secret of the run, random; what does not bring it is refused
 */
public record Endpoint(String host, int port, UUID secret) implements Serializable {}
