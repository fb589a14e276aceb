/** Columns of a table to instances: label index, weight, features. Next: {@code shard}. */
@NullMarked
package org.sparkgrad.job.assemble;

import org.jspecify.annotations.NullMarked;
