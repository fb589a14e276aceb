/**
 * Driver to workers and back: coefficients out, gradient sums in, merged along a fixed tree. In: a pass. Out: its sums
 * over all shards. The driver merges what workers have merged, along {@code MergeTree} and in double. Next:
 * {@code optimize}.
 *
 * <table>
 * <caption>The exchanges; the model has the same bits with each</caption>
 * <tr><th>class</th><th>how a pass reaches the workers</th></tr>
 * <tr><td>{@code JobExchange}</td>
 *     <td>in the closure of a Spark job a step, whose tasks are pinned to the executors of their engines; the
 *         reference</td></tr>
 * <tr><td>{@code StageExchange}</td>
 *     <td>as the reply to a waiting task of one long stage; protocol and faults are in {@code exchange.stage}</td></tr>
 * <tr><td>{@code StageSequence}</td>
 *     <td>the same, for several trainings with other Spark jobs between them: a stage has its slots from the first pass
 *         to {@code releaseSlots}</td></tr>
 * <tr><td>{@code ScaledExchange}</td>
 *     <td>through one of the others, over blocks in another scale ({@code ScaleChange})</td></tr>
 * </table>
 *
 * <p>{@code auto} is a stage ({@code ExchangeChoice}).
 *
 * <ul>
 *   <li>A stage holds its slots while it runs, so nothing else that training needs may be a Spark job. The loss on
 *       held-out rows is therefore a {@code LossPass}, which the workers sum.
 *   <li>Speculation would end workers: {@code --exchange stage} refuses it, and {@code auto} takes {@code job}.
 *   <li>With dynamic allocation, training keeps the executors that exist at the start.
 *   <li>Two stages that each hold half of the slots would wait for each other. {@code StageQueue} starts the stages of
 *       a driver in the order of their requests, each in slots that no other stage has. A fit that waits has a small
 *       job in Spark's queue, so that its caller can cancel it. A stage that got fewer slots grows when an earlier one
 *       has ended.
 *   <li>When a stage of a {@code StageSequence} ends normally, each worker leaves its engine in its JVM, and the
 *       worker's task of the next stage takes the engine from there.
 * </ul>
 *
 * <p>What one driver can carry is in docs/scale.md.
 */
@NullMarked
package org.sparkgrad.job.exchange;

import org.jspecify.annotations.NullMarked;
