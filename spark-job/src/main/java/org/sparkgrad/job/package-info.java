/**
 * {@code Trainer}, the flow of a training run as a line a stage, and {@code Scoring}, that of a saved model; their stages
 * are the packages below.
 */
@NullMarked
package org.sparkgrad.job;

import org.jspecify.annotations.NullMarked;
