package org.sparkgrad.job.exchange.stage;

import java.io.Serializable;
import java.util.UUID;

/**
 * The address of the driver for workers, and the secret that admits them. Spark sends the endpoint with the task.
 *
 * @param host the driver's host, as executors reach it
 * @param port the port of the round server
 * @param secret the random secret of the run; messages without the secret are refused
 */
public record Endpoint(String host, int port, UUID secret) implements Serializable {}
