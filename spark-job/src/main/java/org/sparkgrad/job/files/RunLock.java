package org.sparkgrad.job.files;

import java.time.Duration;
import java.util.Optional;
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
 * A lock that allows one process at a time to run, or to write to a folder.
 *
 * <p>The file with the largest number names the owner. Beside it, the owner writes its stage repeatedly as a heartbeat,
 * and at the end a file that records its release. A process that finds the lock released, or its owner dead
 * ({@link LockHeartbeats}), creates the next number; only one of several processes succeeds. An owner that was
 * suspended for longer than the expiry finds the larger number in {@link #check}.
 */
public final class RunLock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunLock.class);
    private static final int KEPT = 8;
    private static final long CLOSING_SECONDS = 10;

    private static final String LEFT = "left";

    private final StoredFiles files;
    private final NumberedFiles<LockOwner> owners;
    private final LockOwner me;
    private final int number;
    private final ScheduledExecutorService renewal;
    private volatile String stage = "starting";
    private volatile long renewed = System.nanoTime();
    private final long expiryNanos;

    private RunLock(StoredFiles files, NumberedFiles<LockOwner> owners, LockOwner me, int number, Duration expiry) {
        this.files = files;
        this.owners = owners;
        this.me = me;
        this.number = number;
        this.expiryNanos = expiry.toNanos();
        this.renewal = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "sparkgrad-run-lock");
            thread.setDaemon(true);
            return thread;
        });
        long period = LockHeartbeats.period(expiry).toMillis();
        var unused = renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /** The result of {@link #take}. */
    public sealed interface Answer {}

    /**
     * This process has the lock.
     *
     * @param lock the lock; close it at the end
     * @param abandoned the previous owner and its stage, if it did not release the lock
     */
    public record Taken(RunLock lock, @Nullable Abandoned abandoned) implements Answer {}

    /**
     * Another owner is alive.
     *
     * @param owner the owner
     * @param stage the stage in its last heartbeat
     */
    public record Busy(LockOwner owner, String stage) implements Answer {}

    /**
     * An owner that was killed.
     *
     * @param owner the owner
     * @param stage the stage in its last heartbeat
     */
    public record Abandoned(LockOwner owner, String stage) {}

    /**
     * Tries to take the lock.
     *
     * @param folder the folder of the lock's files, which need not exist
     * @param me the owner to be; no other run has its run id
     * @param expiry the time without a heartbeat after which an owner whose process is not visible from here counts as
     *     dead
     * @throws JobException (RESOURCES) if the folder cannot be written
     */
    public static Answer take(StoredFiles files, Path folder, LockOwner me, Duration expiry) {
        NumberedFiles<LockOwner> owners = new NumberedFiles<>(files, folder, LockOwner.class);
        while (true) {
            OptionalInt last = owners.last();
            Optional<LockOwner> owner = find(owners, last);
            String stage = "";
            boolean left = last.isEmpty() || files.exists(owners.file(last.getAsInt(), LEFT));
            if (!left) {
                LockHeartbeats beats = new LockHeartbeats(files, folder, owners, last.getAsInt());
                stage = beats.stage();
                if (lives(owner, beats, expiry)) {
                    return new Busy(owner.orElseGet(LockOwner::unnamed), stage);
                }
            }
            int number = last.orElse(0) + 1;
            if (owners.create(number, me)) {
                // The folder may have been replaced by one with another owner meanwhile. And on an object store, two
                // processes may have created the number.
                boolean alone = owners.last().orElse(0) == number
                        && find(owners, OptionalInt.of(number)).equals(Optional.of(me))
                        && find(owners, last).equals(owner);
                if (alone) {
                    RunLock lock = new RunLock(files, owners, me, number, expiry);
                    lock.forgetOld();
                    return new Taken(lock, left ? null : new Abandoned(owner.orElseGet(LockOwner::unnamed), stage));
                }
                if (find(owners, OptionalInt.of(number)).equals(Optional.of(me))) {
                    files.delete(owners.file(number, "json"));
                }
            }
        }
    }

    private static boolean lives(Optional<LockOwner> owner, LockHeartbeats beats, Duration expiry) {
        return switch (owner.map(LockOwner::sight).orElse(ProcessIdentity.Sight.UNKNOWN)) {
            case ALIVE -> true;
            case GONE -> false;
            case UNKNOWN -> beats.go(expiry);
        };
    }

    /** Returns an owner; empty if its file is missing or damaged, as after a full disk or a power failure. */
    private static Optional<LockOwner> find(NumberedFiles<LockOwner> owners, OptionalInt number) {
        try {
            return number.isEmpty() ? Optional.empty() : Optional.of(owners.get(number.getAsInt()));
        } catch (JobException unreadable) {
            return Optional.empty();
        }
    }

    /** Writes the current stage for other processes, which is also a heartbeat. */
    public void enter(String stage) {
        this.stage = stage;
        check();
        give();
    }

    /** Writes a heartbeat. One thread at a time, because HDFS allows one writer per file. */
    private synchronized void give() {
        files.write(LockHeartbeats.file(owners, number), stage);
        renewed = System.nanoTime();
    }

    /**
     * Checks that this process still has the lock.
     *
     * @throws JobException (RESOURCES) if the heartbeats were late, or if another process has taken the lock
     */
    public void check() {
        boolean late = System.nanoTime() - renewed > expiryNanos;
        if (late || !isOurs()) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    "this run was held up for longer than lockSeconds, and another may have begun: it ends here; give"
                            + " more --lock-seconds if that happens again");
        }
    }

    /** Returns whether no other process has taken the lock. */
    public boolean isOurs() {
        OptionalInt last = owners.last();
        return last.orElse(0) == number && find(owners, last).equals(Optional.of(me));
    }

    private void renew() {
        try {
            give();
        } catch (JobException unreachable) { // the next heartbeat tries again; check() fails if this takes too long
            LOG.warn("The run's lock is not renewed: {}", unreachable.getMessage());
        }
    }

    private void forgetOld() {
        owners.numbers().stream().filter(old -> old <= number - KEPT).forEach(old -> {
            files.delete(LockHeartbeats.file(owners, old));
            files.delete(owners.file(old, LEFT));
            files.delete(owners.file(old, "json"));
        });
    }

    /** Stops the heartbeats, before the folder is moved or removed. */
    public void stop() {
        renewal.shutdown();
        try {
            if (!renewal.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The run's lock is still being renewed");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Releases the lock. */
    @Override
    public void close() {
        stop();
        try {
            if (isOurs()) {
                files.write(owners.file(number, LEFT), stage);
            }
        } catch (JobException unwritable) { // for example on a full disk
            LOG.warn("The next run waits for the lock to expire: {}", unwritable.getMessage());
        }
    }
}
