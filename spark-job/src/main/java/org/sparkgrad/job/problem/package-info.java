/** What can go wrong and the exit code it means; every other package may throw it. */
@NullMarked
package org.sparkgrad.job.problem;

import org.jspecify.annotations.NullMarked;
