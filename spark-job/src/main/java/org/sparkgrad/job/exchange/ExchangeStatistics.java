package org.sparkgrad.job.exchange;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.job.exchange.worker.WorkerSums;

/**
 * The network traffic of an exchange, and the times of its workers.
 *
 * @param rounds the number of passes
 * @param bytesOut the bytes of passes sent to workers
 * @param bytesIn the bytes of sums received from workers
 * @param workers the times of each worker, by number
 */
public record ExchangeStatistics(long rounds, long bytesOut, long bytesIn, List<WorkerTimes> workers) {
    private static final double NANOS = 1e9;

    static ExchangeStatistics none(int workers) {
        return new ExchangeStatistics(0, 0, 0, java.util.Collections.nCopies(workers, WorkerTimes.NONE));
    }

    /** Returns these statistics plus one round. */
    ExchangeStatistics plus(long nanos, long passBytes, List<WorkerSums> answers) {
        List<WorkerTimes> times = new ArrayList<>(workers);
        long in = bytesIn;
        for (int w = 0; w < answers.size(); w++) {
            WorkerSums answer = answers.get(w);
            in += answer.sums().stream()
                    .mapToLong(tree -> (long) Double.BYTES * tree.value().length)
                    .sum();
            WorkerTimes before = w < times.size() ? times.get(w) : WorkerTimes.NONE;
            WorkerTimes now = before.plus(answer.nanos() / NANOS, (nanos - answer.nanos()) / NANOS);
            if (w < times.size()) {
                times.set(w, now);
            } else {
                times.add(now);
            }
        }
        return new ExchangeStatistics(rounds + 1, bytesOut + passBytes * answers.size(), in, List.copyOf(times));
    }
}
