package org.sparkgrad.job.files;

import java.time.Duration;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The heartbeats of the owner of a {@link RunLock}, as observed by another process. */
final class LockHeartbeats {
    private static final Logger LOG = LoggerFactory.getLogger(LockHeartbeats.class);

    private static final String ALIVE = "alive";

    /** The smallest number of heartbeats in an expiry. */
    private static final int RENEWALS = 4;

    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(10);

    /** The number of periods without a heartbeat after which an owner counts as silent. */
    private static final int MISSED = 3;

    private static final int LOOKS = 20;

    private final StoredFiles files;
    private final Path folder;
    private final Path alive;
    private final Path owner;

    LockHeartbeats(StoredFiles files, Path folder, NumberedFiles<LockOwner> owners, int number) {
        this.files = files;
        this.folder = folder;
        this.alive = file(owners, number);
        this.owner = owners.file(number, "json");
    }

    static Path file(NumberedFiles<LockOwner> owners, int number) {
        return owners.file(number, ALIVE);
    }

    /** Returns the period of heartbeats. */
    static Duration period(Duration expiry) {
        Duration often = expiry.dividedBy(RENEWALS);
        return Duration.ofMillis(
                Math.max(1, (often.compareTo(LONGEST_PERIOD) < 0 ? often : LONGEST_PERIOD).toMillis()));
    }

    /** Returns the stage in the owner's last heartbeat. */
    String stage() {
        String written = files.exists(alive) ? files.read(alive).strip() : "";
        return written.isEmpty() ? "starting" : written;
    }

    /**
     * Returns whether the owner is alive. The age of the last heartbeat is the difference of two times of one file
     * system, so the clocks of hosts may differ. If the age says that the owner is dead, or is negative, a clock may
     * have been changed. In this case the method waits for the next heartbeat, by this process's own clock.
     */
    boolean go(Duration expiry) {
        OptionalLong last = last();
        if (last.isEmpty()) {
            return false;
        }
        long age = files.now(folder) - last.getAsLong();
        if (age >= 0 && age <= expiry.toMillis()) {
            return true;
        }
        Duration wait = period(expiry).multipliedBy(MISSED);
        LOG.info("Waiting up to {} s for a sign of life in {}", wait.toSeconds(), folder);
        long end = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < end) {
            if (!last().equals(last)) {
                return last().isPresent(); // a lock that was removed meanwhile has no owner
            }
            try {
                Thread.sleep(Math.max(1, wait.toMillis() / LOOKS));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return true;
            }
        }
        return false;
    }

    private OptionalLong last() {
        OptionalLong sign = files.written(alive);
        return sign.isPresent() ? sign : files.written(owner);
    }
}
