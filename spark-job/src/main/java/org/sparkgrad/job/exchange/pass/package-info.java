/**
 * Passes: what every worker sums over its shards at once, and its bytes.
 */
@NullMarked
package org.sparkgrad.job.exchange.pass;

import org.jspecify.annotations.NullMarked;
