/**
 * A worker: the shards that it reads, the sums that it computes, and what it keeps between two tasks. In: a pass. Out:
 * the sums of its shards, merged to maximal subtrees of {@code MergeTree}, in double. Next: {@code exchange}.
 *
 * <ul>
 *   <li>The tasks of both exchanges depend on all shards, and a task reads the shards of its worker
 *       ({@code ShardSource}). If an executor is lost, Spark makes blocks again from the shuffle's files, or from the
 *       input if those files are lost too.
 *   <li>The engine of a worker is a cache. The first pass opens the engine; after the loss of an executor another task
 *       opens it again elsewhere.
 *   <li>A worker keeps the last shards of its run on its resident engine and streams the first ones
 *       ({@code EngineSums}): in every step it reads one shard from Spark's local disk, opens an engine over it, sums,
 *       and closes the engine. A shard's sums are a function of the shard, so this changes no bit.
 *   <li>{@code WorkerCache} keeps engines in the JVM between tasks. A task of a stage takes its engine out of the cache
 *       and puts it back when the stage ends normally, so no two such tasks use one engine.
 *   <li>Rows held out are summed on the processor in double precision, whatever engine trains.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.exchange.worker;

import org.jspecify.annotations.NullMarked;
