package org.sparkgrad.job.checkpoint;

import java.util.List;
import org.sparkgrad.job.optimize.SavedState;

/**
 * A training where it stood.
 *
 * @param identity whose it is
 * @param progress how far it was
 * @param state what the optimizer goes on from
 */
public record Checkpoint(RunIdentity identity, Progress progress, SavedState state) {
    private static final String HISTORY = "history";
    private static final String COUNTS = "counts";

    /**
     * How far a training was.
     *
     * @param step updates of the coefficients
     * @param epoch finished passes of a mini-batch method
     * @param history the objective of each state so far
     * @param evaluations gradients asked for
     * @param passes gone through the data for them
     * @param seconds of training
     */
    public record Progress(int step, int epoch, List<Double> history, long evaluations, double passes, double seconds) {
        /** Puts it beside the optimizer's state. */
        public void save(SavedState to) {
            to.put(HISTORY, history.stream().mapToDouble(Double::doubleValue).toArray())
                    .put(COUNTS, step, epoch, (double) evaluations, passes, seconds);
        }

        static Progress read(SavedState saved) {
            double[] counts = saved.vector(COUNTS);
            List<Double> history =
                    java.util.Arrays.stream(saved.vector(HISTORY)).boxed().toList();
            return new Progress((int) counts[0], (int) counts[1], history, (long) counts[2], counts[3], counts[4]);
        }
    }
}
