/**
 * Runs that can be left alone: train, judge beside the promoted model, promote or refuse. Over {@code Trainer} and
 * {@code registry}. Next: {@code cli}.
 */
@NullMarked
package org.sparkgrad.job.scheduled;

import org.jspecify.annotations.NullMarked;
