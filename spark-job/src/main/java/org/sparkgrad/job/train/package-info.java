/**
 * One training: its task, the minimiser over an exchange, the loop that saves its states, and its result. Next: {@code grid}.
 */
@NullMarked
package org.sparkgrad.job.train;

import org.jspecify.annotations.NullMarked;
