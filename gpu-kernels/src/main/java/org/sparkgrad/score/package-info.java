/**
 * Scoring without Spark: {@code OUTPUT/model.json} and a row in, a label and probabilities out. Looks at no other package;
 * needs Jackson, which Spark has.
 */
@NullMarked
package org.sparkgrad.score;

import org.jspecify.annotations.NullMarked;
