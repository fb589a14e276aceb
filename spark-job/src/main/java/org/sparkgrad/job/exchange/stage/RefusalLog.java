package org.sparkgrad.job.exchange.stage;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts refused messages and logs some of them: the first few, then one every ten seconds. */
final class RefusalLog {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
    private static final int AT_ONCE = 5;
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final AtomicLong count = new AtomicLong();
    private final AtomicLong logged = new AtomicLong(System.nanoTime());

    /** Counts a refused message or connection of an address, with the reason. */
    void add(Object address, String reason) {
        long number = count.incrementAndGet();
        long last = logged.get();
        long now = System.nanoTime();
        if (number <= AT_ONCE || (now - last > PAUSE && logged.compareAndSet(last, now))) {
            LOG.warn("refused message {} to the training stage, from {}: {}", number, address, reason);
        }
    }

    /** Returns how many messages and connections were refused. */
    long count() {
        return count.get();
    }
}
