/**
 * The state of a training as files that survive it: where an optimizer stood, of what run that was, and when to write it.
 * Next: {@code model}.
 */
@NullMarked
package org.sparkgrad.job.checkpoint;

import org.jspecify.annotations.NullMarked;
