/**
 * Where a run computes: the engine, the slots and sites of its workers, and what fits their memory. In: settings, the
 * cluster and the data's size. Out: {@code EngineChoice}, {@code WorkerSite}, {@code MemoryPlan}. Next:
 * {@code exchange}.
 *
 * <p>What a worker can hold follows from sizes alone ({@code MemoryPlan}): the part of the heap that Spark leaves to
 * data, shared by the workers of a JVM, less what making a shard, summing matrices and the messages of a step take. An
 * engine moves to its device in every step what the device cannot hold ({@code OpenClEngine}).
 *
 * <ul>
 *   <li>{@code ShardAssignment} gives each worker a contiguous run of shards. A worker holds the last shards of its run
 *       and streams the first ones ({@code exchange.worker}).
 *   <li>A shard's sums are a function of the shard, so the plan changes no bit.
 *   <li>A run that streams reports how much it streams; {@code train --dry-run} reports it beforehand.
 *   <li>The plan warns of shards that look too large. Shards that are much too large end the statistics, before the
 *       plan, with exit code 4. An example: 1.5 GiB of data at a batch of 256, which makes 16 shards, in a heap of 512
 *       MB.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.placement;

import org.jspecify.annotations.NullMarked;
