package org.sparkgrad.job.checkpoint;

import java.util.List;
import org.sparkgrad.job.optimize.SavedState;

/**
 * The saved state of a training.
 *
 * @param identity the identity of the training
 * @param progress the progress so far
 * @param state the state from which the optimizer continues
 */
public record Checkpoint(RunIdentity identity, Progress progress, SavedState state) {
    private static final String HISTORY = "history";
    private static final String COUNTS = "counts";

    /**
     * The progress of a training.
     *
     * @param step the number of updates of the coefficients
     * @param epoch the number of finished passes of a mini-batch method
     * @param history the objective of each state so far
     * @param evaluations the number of gradients computed
     * @param passes the number of passes over the data for them
     * @param seconds the seconds of training
     */
    public record Progress(int step, int epoch, List<Double> history, long evaluations, double passes, double seconds) {
        /** Puts the progress beside the optimizer's state. */
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
