/** The part of a run that the suite {@code ingest} measures. */
@NullMarked
package org.sparkgrad.job.run;

import org.jspecify.annotations.NullMarked;
