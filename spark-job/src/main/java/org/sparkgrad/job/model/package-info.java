/** Coefficients to a stock Spark model, model.json and ONNX, and back from a folder. Next: {@code evaluate}. */
@NullMarked
package org.sparkgrad.job.model;

import org.jspecify.annotations.NullMarked;
