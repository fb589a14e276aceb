/**
 * Batches of rows to S logical shards by a seeded shuffle, their statistics, their scale and their blocks. Out: S shards, the
 * unit of all sums. Next: {@code placement}.
 *
 * <h2>Which rows, in which order</h2>
 *
 * <ul>
 *   <li>A mix of (seed, row number) decides a row's shard and its place there ({@code ShardKey}).
 *   <li>S comes from the data's size (N x F, or the entries of sparse data, counted in the pass that counts labels) and
 *       the batch size alone ({@code ShardCount}).
 *   <li>(seed, row number) decides which rows are held out for validation ({@code Holdout}).
 *   <li>Sums of shards merge along one binary tree, {@code MergeTree}, whichever worker has them.
 * </ul>
 *
 * <h2>The size of a shard</h2>
 *
 * <p>A shard has to fit into memory: it has some 16 MiB of blocks, so that a task can make one in a heap of 512 MB.
 * Three things make shards larger:
 *
 * <ul>
 *   <li>a small batch: S is at most a sixteenth of the batch size. So data much larger than memory need large batches
 *       or {@code --shards}; a mini-batch step that streams reads all streamed shards for its few rows;
 *   <li>a small {@code --shards};
 *   <li>more than 64 GiB of blocks.
 * </ul>
 *
 * <h2>How rows travel</h2>
 *
 * <ul>
 *   <li>Rows travel in packs: batches ({@code RowBatch}) whose rows are in the order of their keys. The serializer writes
 *       a pack as one array of bytes, without weights that are all 1. Features are in single precision where that
 *       loses nothing. A shard reads its rows in the order of their keys, so it reads each pack from front to back.
 *   <li>Java's serializer is reset after each pack ({@code PackShuffle}), also in a user's session: by default it would
 *       keep a hundred packs for every shard.
 *   <li>In local mode, rows to train on need no files, nor do rows that {@code train} holds out of them. Tasks write
 *       batches in the order of keys where they read them ({@code LocalRows}), and each shard gathers its rows from these
 *       packs once, by their keys. For the estimator the scan that counts a Dataset's rows packs them ({@code ScannedRows}). {@code train}
 *       keeps a table that is read by columns in the job that counts its labels ({@code KeptRows}), and packs other
 *       tables in a job of its own ({@code Sharding}).
 *   <li>So until the fit or the run ends, two copies of the rows are on the heap in the precision of the values: first
 *       packs and gathered rows, then blocks and gathered rows. Rows of more than a fifth of the heap go through
 *       Spark's shuffle, as on a cluster; so do the rows of grids and of test files. The shards are the same, row by
 *       row ({@code LocalRowsTest}, {@code ShardingTest}).
 * </ul>
 *
 * <h2>Numbers</h2>
 *
 * <ul>
 *   <li>Statistics and scaling are in double. Blocks are cast to the engine's precision after scaling. With
 *       standardization, features get deviation 1, and mean 0 where an intercept can take the shift. Without, they keep
 *       their scale. A feature that never changes gets coefficient 0, as in MLlib.
 *   <li>Weights whose average is far from 1 are multiplied by a power of two ({@code MeasuredShards}). This changes no
 *       average.
 *   <li>Wide data that are mostly zeros ({@code Sparsity}) go to sparse blocks, which hold scaled values without
 *       centring. The features of the model are centred all the same, in every method: {@code ScaledExchange} changes
 *       the scale of coefficients and gradients ({@code ScaleChange}). So the path to the optimum is that of dense
 *       blocks, to rounding.
 *   <li>A column whose mean is more than three deviations from 0, such as a year, would lose its digits in single
 *       precision. Sparse blocks hold such a column around its mean, zeros included. It has zeros in less than a tenth
 *       of the (weighted) rows: with a share q of zeros the mean is at most sqrt((1 - q) / q) deviations.
 *   <li>A feature whose values have no squares in double is refused: its deviation would be infinite, or 0, and its
 *       coefficient 0. Without standardization, a feature beyond 1.8e19 in single precision is refused too.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.shard;

import org.jspecify.annotations.NullMarked;
