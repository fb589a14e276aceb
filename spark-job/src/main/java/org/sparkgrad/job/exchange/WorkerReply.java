package org.sparkgrad.job.exchange;

import java.io.Serializable;
import java.util.List;
import org.sparkgrad.job.shard.MergeTree;

/**
 * A worker's answer to one step.
 *
 * @param sums the sums of its shards, merged to maximal subtrees
 * @param worker the worker's number
 * @param location where it ran, as Spark names task locations
 * @param incarnation the engine's, unique
 * @param report who computed; launches since the engine was opened
 */
record WorkerReply(
        List<MergeTree.Subtree<double[]>> sums, int worker, String location, String incarnation, WorkerReport report)
        implements Serializable {}
