package org.sparkgrad.job.report;

import org.slf4j.Logger;

/** What a fit in somebody's program says: to Spark's log, with the fit's name, and not of each step. */
public final class LogProgress implements Progress {
    private final Logger log;
    private final String fit;

    /**
     * @param log of the class that is called
     * @param fit its uid
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
