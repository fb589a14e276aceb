package org.sparkgrad.job.report;

import java.util.List;
import org.sparkgrad.job.placement.ExecutorDevices;

/**
 * The answer of the devices command as JSON.
 *
 * @param auto the engine that {@code --engine auto} chooses
 * @param executors the devices of each executor; without a cluster, the devices of the driver's machine
 */
record DevicesAnswer(String auto, List<ExecutorDevices> executors) {}
