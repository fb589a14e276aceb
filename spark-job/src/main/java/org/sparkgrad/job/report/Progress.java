package org.sparkgrad.job.report;

/** Receives the progress of a training. An implementation never affects the result. */
public interface Progress {
    /** Ignores everything. */
    Progress SILENT = new Progress() {
        @Override
        public void note(String line) {}

        @Override
        public void step(ProgressStep step) {}

        @Override
        public void done() {}
    };

    /** Reports one line, such as the engine and the reason for its choice. */
    void note(String line);

    /** Reports one line about an unusual event, such as missing workers. */
    default void warn(String line) {
        note(line);
    }

    /** Reports a finished step; called up to thousands of times a second. */
    void step(ProgressStep step);

    /** Reports the end of the steps; a second call does nothing. */
    void done();
}
