package org.sparkgrad.job.report;

import org.apache.spark.scheduler.SparkListenerEvent;
import org.sparkgrad.job.exchange.ExchangeStatistics;

/**
 * How training goes, for a SparkListener's {@code onOtherEvent}; about one a second, and one at the end. It is not written
 * to Spark's event log.
 *
 * @param step updates so far
 * @param objective of the last one's rows, before it
 * @param rowsPerSecond rows whose gradients were computed in a second
 * @param traffic bytes, and where the workers' time went
 */
public record TrainingEvent(int step, double objective, double rowsPerSecond, ExchangeStatistics traffic)
        implements SparkListenerEvent {
    @Override
    public boolean logEvent() {
        return false;
    }
}
