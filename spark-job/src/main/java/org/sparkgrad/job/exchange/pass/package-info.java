/**
 * Passes: what every worker sums over its shards in one step, and the bytes of it. {@code GradientPass},
 * {@code LossPass}, {@code GramPass} and {@code GridPass}; every exchange sends each of them. Next:
 * {@code exchange.worker}.
 *
 * <p>A {@code GradientPass} has the coefficients W, [K x (F + 1)], in the precision of the engine, and a
 * {@code BatchSlot}, which names the rows of each shard that a step takes: slot t of T, or all rows. To sum something
 * else over the data, add a {@code Pass} with its {@code Pass.Kind}, {@code write} and {@code read}.
 */
@NullMarked
package org.sparkgrad.job.exchange.pass;

import org.jspecify.annotations.NullMarked;
