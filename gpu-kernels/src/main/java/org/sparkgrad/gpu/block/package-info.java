/**
 * The inputs and outputs of a gradient: blocks of instances, by rows and by columns, coefficients, row ranges, gradient
 * sums. Plain arrays with a shape; no arithmetic except adding sums. Next: {@code loss}.
 *
 * <p>N rows, F features, K outputs (1 for a binary loss), S shards, T slots of an epoch.
 *
 * <table>
 * <caption>Shapes</caption>
 * <tr><th>class</th><th>shape</th></tr>
 * <tr><td>{@code DenseBlock}</td><td>N x F row-major, in one precision; N labels; N weights</td></tr>
 * <tr><td>{@code SparseBlock}</td>
 *     <td>N rows of index and value of each entry that is not zero; N labels; N weights</td></tr>
 * <tr><td>{@code Coefficients}, {@code GradientSum}</td><td>K rows of F + 1, the intercept last</td></tr>
 * <tr><td>{@code Shard}</td>
 *     <td>blocks of {@code DenseBlock.rowsFor(F)} or {@code SparseBlock.rowsFor(F)} rows, the last block
 *         shorter</td></tr>
 * </table>
 */
@NullMarked
package org.sparkgrad.gpu.block;

import org.jspecify.annotations.NullMarked;
