package org.sparkgrad.job.report;

/** Hears how training goes. Nothing it does influences the result. */
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void note(String line) {}

        @Override
        public void step(ProgressStep step) {}

        @Override
        public void done() {}
    };

    /** Says one line, such as the engine and why it was taken. */
    void note(String line);

    /** Says one line that is no news of a run that goes as it should, such as workers that are missing. */
    default void warn(String line) {
        note(line);
    }

    /** Hears of a step that is done; may be called thousands of times a second. */
    void step(ProgressStep step);

    /** Hears that there are no more steps; a second call does nothing. */
    void done();
}
