/**
 * Commands: arguments in, exit code out; thin over {@code Trainer}, {@code Scoring} and {@code scheduled}.
 */
@NullMarked
package org.sparkgrad.job.cli;

import org.jspecify.annotations.NullMarked;
