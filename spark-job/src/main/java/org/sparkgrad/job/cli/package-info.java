/** Commands: arguments in, exit code out; thin over {@code Trainer} and {@code Scoring}. */
@NullMarked
package org.sparkgrad.job.cli;

import org.jspecify.annotations.NullMarked;
