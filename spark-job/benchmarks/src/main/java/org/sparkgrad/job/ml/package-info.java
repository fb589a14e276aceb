/** The suites {@code peers}, beside other libraries, and {@code memory}. */
@NullMarked
package org.sparkgrad.job.ml;

import org.jspecify.annotations.NullMarked;
