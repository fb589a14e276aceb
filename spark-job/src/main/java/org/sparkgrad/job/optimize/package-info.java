/** The objective, and the methods that minimise it as iterators of states. Next: {@code checkpoint}. */
@NullMarked
package org.sparkgrad.job.optimize;

import org.jspecify.annotations.NullMarked;
