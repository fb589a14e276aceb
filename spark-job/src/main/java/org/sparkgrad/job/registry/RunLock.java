package org.sparkgrad.job.registry;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The right to run, for one process at a time.
 *
 * <p>The file of the greatest number names the owner. Beside it the owner writes its stage again and again, to show that
 * it lives, and in the end a file that says it has left. Whoever finds that the owner has left, is gone, or has not
 * written for longer than the expiry creates the next number; of several one succeeds. Times are compared by the file
 * system's clock alone, so clocks of hosts may differ. An owner that was held up for longer than the expiry finds the
 * greater number in {@link #check}.
 */
public final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final int RENEWALS = 4;
    private static final int KEPT = 8;

    private static final String ALIVE = "alive";
    private static final String LEFT = "left";

    private final RegistryFiles files;
    private final NumberedFiles<LockOwner> owners;
    private final int number;
    private final ScheduledExecutorService renewal;
    private volatile String stage = "starting";
    private volatile long renewed = System.nanoTime();
    private final long expiryNanos;

    private RunLock(RegistryFiles files, NumberedFiles<LockOwner> owners, int number, Duration expiry) {
        this.files = files;
        this.owners = owners;
        this.number = number;
        this.expiryNanos = expiry.toNanos();
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sparkgrad-run-lock");
            thread.setDaemon(true);
            return thread;
        });
        long period = Math.max(1, expiry.toMillis() / RENEWALS);
        var unused = renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /** What came of asking for the lock. */
    public sealed interface Answer {}

    /**
     * It is ours.
     *
     * @param lock to close at the end
     * @param abandoned the last owner and stage, if it did not leave by itself
     */
    public record Taken(RunLock lock, @Nullable Abandoned abandoned) implements Answer {}

    /**
     * Another owner lives.
     *
     * @param owner who
     * @param stage what it last said to be doing
     */
    public record Busy(LockOwner owner, String stage) implements Answer {}

    /**
     * An owner that was killed.
     *
     * @param owner who
     * @param stage what it last said to be doing
     */
    public record Abandoned(LockOwner owner, String stage) {}

    static Answer take(RegistryFiles files, Path folder, LockOwner me, Duration expiry) {
        NumberedFiles<LockOwner> owners = new NumberedFiles<>(files, folder, LockOwner.class);
        OptionalInt last = owners.last();
        Abandoned abandoned = null;
        if (last.isPresent() && !files.exists(owners.file(last.getAsInt(), LEFT))) {
            LockOwner owner = owners.get(last.getAsInt());
            String stage = stage(files, owners, last.getAsInt());
            if (!owner.isGone() && !isStale(files, folder, owners, last.getAsInt(), expiry)) {
                return new Busy(owner, stage);
            }
            abandoned = new Abandoned(owner, stage);
        }
        int number = last.orElse(0) + 1;
        // A slow process may create a number that was used and removed meanwhile: then there is a greater one.
        boolean first = owners.create(number, me) && owners.last().orElse(0) == number;
        if (!first) {
            return take(files, folder, me, expiry);
        }
        RunLock lock = new RunLock(files, owners, number, expiry);
        lock.forgetOld();
        return new Taken(lock, abandoned);
    }

    private static boolean isStale(
            RegistryFiles files, Path folder, NumberedFiles<LockOwner> owners, int number, Duration expiry) {
        Path alive = owners.file(number, ALIVE);
        long written = files.written(files.exists(alive) ? alive : owners.file(number, "json"));
        return files.now(folder) - written > expiry.toMillis();
    }

    private static String stage(RegistryFiles files, NumberedFiles<LockOwner> owners, int number) {
        Path alive = owners.file(number, ALIVE);
        String written = files.exists(alive) ? files.read(alive).strip() : "";
        return written.isEmpty() ? "starting" : written;
    }

    /** Tells others what is being done; also renews. */
    public void enter(String stage) {
        this.stage = stage;
        check();
        files.write(owners.file(number, ALIVE), stage);
        renewed = System.nanoTime();
    }

    /**
     * Does nothing if the lock is still ours.
     *
     * @throws JobException (RESOURCES) if it could not be renewed in time, or another has taken it
     */
    public void check() {
        boolean late = System.nanoTime() - renewed > expiryNanos;
        if (late || owners.last().orElse(0) != number) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    "this run was held up for longer than lockSeconds, and another may have begun: it ends here; give"
                            + " more --lock-seconds if that happens again");
        }
    }

    private void renew() {
        try {
            files.write(owners.file(number, ALIVE), stage);
            renewed = System.nanoTime();
        } catch (JobException unreachable) { // the next renewal tries again; check() tells when it has been too long
            LOG.warn("The run's lock is not renewed: {}", unreachable.getMessage());
        }
    }

    private void forgetOld() {
        owners.numbers().stream().filter(old -> old <= number - KEPT).forEach(old -> {
            files.delete(owners.file(old, ALIVE));
            files.delete(owners.file(old, LEFT));
            files.delete(owners.file(old, "json"));
        });
    }

    @Override
    public void close() {
        renewal.shutdown();
        files.write(owners.file(number, LEFT), stage);
    }
}
