/** Commands: arguments in, exit code out; thin over {@code Trainer}. */
@NullMarked
package org.sparkgrad.job.cli;

import org.jspecify.annotations.NullMarked;
