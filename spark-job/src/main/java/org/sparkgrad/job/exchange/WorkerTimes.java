package org.sparkgrad.job.exchange;

/**
 * The times of a worker since the exchange was opened, over all launches.
 *
 * @param computeSeconds the seconds in which the worker computed
 * @param waitSeconds the seconds of open rounds in which the worker did not compute: messages, and waiting for slower
 *     workers
 */
public record WorkerTimes(double computeSeconds, double waitSeconds) {
    static final WorkerTimes NONE = new WorkerTimes(0, 0);

    WorkerTimes plus(double compute, double wait) {
        return new WorkerTimes(computeSeconds + compute, waitSeconds + Math.max(0, wait));
    }
}
