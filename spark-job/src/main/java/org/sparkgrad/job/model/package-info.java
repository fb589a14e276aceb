/**
 * Coefficients to a stock Spark model, model.json and ONNX, and back from a folder. Next: {@code evaluate}.
 *
 * <ul>
 *   <li>Coefficients return to the original scale. Softmax is centred over the classes in the space of the original
 *       features, as in MLlib: with an L1 share, intercepts over centred features are not centred, because the
 *       coefficients of a feature do not sum to 0 ({@code Centering}).
 *   <li>{@code StockFiles} writes the stock model's files on the driver, as Spark's writers would. Those run two jobs for
 *       each stage of a pipeline. It knows the stages of a training; other stages are an error.
 *   <li>{@code model.json} ({@code ModelFile}) is one record for its writer, {@code ModelFiles}, and for its readers:
 *       {@code ModelScorer}, {@code OnnxModel}, and the coefficients of the report. {@code RowReader} does what the
 *       saved pipeline does; a test compares the two row by row.
 *   <li>ONNX files are made of the messages of Tribuo's tribuo-util-onnx. Its protobuf is relocated in
 *       {@code sparkgrad.jar}, because each Spark has another version.
 *   <li>{@code RowScores} scores a row in one step, by the methods that MLlib's transform calls for three columns. The
 *       bits are the same.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.model;

import org.jspecify.annotations.NullMarked;
