/** Metrics and curves of a model on instances. Next: {@code report}. */
@NullMarked
package org.sparkgrad.job.evaluate;

import org.jspecify.annotations.NullMarked;
