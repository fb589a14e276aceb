/**
 * Rounds between the driver and the tasks of one long Spark stage, over Spark's network layer: the driver puts a question,
 * every worker answers it. Knows neither shards nor engines; questions and answers are bytes.
 */
@NullMarked
package org.sparkgrad.job.exchange.stage;

import org.jspecify.annotations.NullMarked;
