/** Instances to S logical shards by a seeded shuffle, their statistics, and blocks. Next: {@code exchange}. */
@NullMarked
package org.sparkgrad.job.shard;

import org.jspecify.annotations.NullMarked;
