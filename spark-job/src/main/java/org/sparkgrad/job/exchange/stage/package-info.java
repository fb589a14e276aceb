/**
 * Rounds between the driver and the tasks of one long Spark stage, over Spark's network layer: the driver puts a question,
 * every worker answers it. Knows neither shards nor engines: a question is bytes, an answer arrays of numbers and some bytes.
 */
@NullMarked
package org.sparkgrad.job.exchange.stage;

import org.jspecify.annotations.NullMarked;
