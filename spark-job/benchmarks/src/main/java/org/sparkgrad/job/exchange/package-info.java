/** The suite {@code exchange}: what a step takes beside computing. */
@NullMarked
package org.sparkgrad.job.exchange;

import org.jspecify.annotations.NullMarked;
