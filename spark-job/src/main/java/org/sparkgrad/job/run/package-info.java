/**
 * {@code Trainer}, the flow of a training run as a line a stage, and {@code Scoring}, that of a saved model.
 */
@NullMarked
package org.sparkgrad.job.run;

import org.jspecify.annotations.NullMarked;
