package org.sparkgrad.job.report;

import org.apache.spark.scheduler.SparkListenerEvent;
import org.sparkgrad.job.exchange.ExchangeStatistics;

/**
 * The progress of a training, for {@code onOtherEvent} of a SparkListener. Spark receives about one event per second
 * and one at the end. Spark's event log does not contain these events.
 *
 * @param step the number of updates so far
 * @param objective the objective of the last update's rows, before the update
 * @param rowsPerSecond the number of rows per second whose gradients were computed
 * @param traffic the statistics of the exchange: bytes, and times of the workers
 */
public record TrainingEvent(int step, double objective, double rowsPerSecond, ExchangeStatistics traffic)
        implements SparkListenerEvent {
    @Override
    public boolean logEvent() {
        return false;
    }
}
