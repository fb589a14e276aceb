package org.sparkgrad.job.report;

import java.util.List;
import org.sparkgrad.job.placement.ExecutorDevices;

/**
 * The answer of the devices command as a program reads it.
 *
 * @param auto the engine that {@code --engine auto} takes
 * @param executors the devices of each executor; without a cluster those of this machine's driver
 */
record DevicesAnswer(String auto, List<ExecutorDevices> executors) {}
