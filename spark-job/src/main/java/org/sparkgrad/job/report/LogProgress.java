package org.sparkgrad.job.report;

import org.slf4j.Logger;

/** Writes the progress of a fit to Spark's log, with the name of the fit. It does not log each step. */
public final class LogProgress implements Progress {
    private final Logger log;
    private final String fit;

    /**
     * @param log the logger of the estimator's class
     * @param fit the uid of the estimator
     */
    public LogProgress(Logger log, String fit) {
        this.log = log;
        this.fit = fit;
    }

    @Override
    public void note(String line) {
        log.info("[{}] {}", fit, line);
    }

    @Override
    public void warn(String line) {
        log.warn("[{}] {}", fit, line);
    }

    @Override
    public void step(ProgressStep step) {}

    @Override
    public void done() {}
}
