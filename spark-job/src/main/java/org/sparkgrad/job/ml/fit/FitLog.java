package org.sparkgrad.job.ml.fit;

import org.slf4j.LoggerFactory;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.report.LogProgress;
import org.sparkgrad.job.report.Progress;

/** The progress of a fit in Spark's log. */
public final class FitLog {
    private FitLog() {}

    /** Returns the progress of an estimator's fit: lines of the logger of its class, with its uid. */
    public static Progress of(TrainingParams params) {
        return new LogProgress(LoggerFactory.getLogger(params.getClass()), params.uid());
    }
}
