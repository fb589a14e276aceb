/**
 * Scoring without Spark: {@code OUTPUT/model.json} and a row in, a label and probabilities out. Depends on no other package
 * of this project, and on Jackson alone, which Spark brings.
 */
@NullMarked
package org.sparkgrad.score;

import org.jspecify.annotations.NullMarked;
