package org.sparkgrad.job.exchange;

import java.util.List;

/** An exchange that trainings on several threads may use: one pass at a time. */
public final class SharedExchange implements Exchange {
    private final Exchange exchange;

    /** @param exchange makes the passes; this one's from now on */
    public SharedExchange(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public synchronized double[] sum(Pass pass) {
        return exchange.sum(pass);
    }

    @Override
    public synchronized List<WorkerReport> workers() {
        return exchange.workers();
    }

    @Override
    public synchronized void close() {
        exchange.close();
    }
}
