/**
 * The folder of a run's result: filled beside its place, locked, and renamed when it is whole. Next: {@code report}.
 */
@NullMarked
package org.sparkgrad.job.output;

import org.jspecify.annotations.NullMarked;
