/**
 * A worker: the shards that it reads, the sums that it computes, and what it keeps between two tasks.
 */
@NullMarked
package org.sparkgrad.job.exchange.worker;

import org.jspecify.annotations.NullMarked;
