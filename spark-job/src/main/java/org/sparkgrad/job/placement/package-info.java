/**
 * Where a run computes: the engine, the slots and sites of its workers, and what fits their memory. Next: {@code exchange}.
 */
@NullMarked
package org.sparkgrad.job.placement;

import org.jspecify.annotations.NullMarked;
