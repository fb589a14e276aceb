/**
 * Several trainings in lockstep: one pass over the rows serves all. Next: {@code run}.
 */
@NullMarked
package org.sparkgrad.job.grid;

import org.jspecify.annotations.NullMarked;
