package org.sparkgrad.job.exchange;

/**
 * Where a worker's time went since the exchange was opened; of worker w of whichever launch.
 *
 * @param computeSeconds in which it summed
 * @param waitSeconds of open rounds in which it did not: messages, and waiting for slower workers
 */
public record WorkerTimes(double computeSeconds, double waitSeconds) {
    static final WorkerTimes NONE = new WorkerTimes(0, 0);

    WorkerTimes plus(double compute, double wait) {
        return new WorkerTimes(computeSeconds + compute, waitSeconds + Math.max(0, wait));
    }
}
