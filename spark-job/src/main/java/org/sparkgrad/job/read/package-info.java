/** Files and tables to a {@code Dataset<Row>} whose rows carry their number in path order. Next: {@code assemble}. */
@NullMarked
package org.sparkgrad.job.read;

import org.jspecify.annotations.NullMarked;
