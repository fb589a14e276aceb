package org.sparkgrad.job.files;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.JobException;

/** One runs at a time, whatever happens to it. */
class RunLockTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final int STARTS = 8;

    /** An owner on another machine, of whom only the file system tells. */
    private static final LockOwner ELSEWHERE = new LockOwner("2026-01-01", "ann", "elsewhere", null, "then");

    @TempDir
    private Path folder;

    private RunLock.Answer take(LockOwner owner, Duration expiry) {
        try {
            StoredFiles files = new StoredFiles(FileSystem.getLocal(new Configuration()));
            return RunLock.take(files, new org.apache.hadoop.fs.Path(folder.toUri()), owner, expiry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunLock.Taken taken(LockOwner owner, Duration expiry) {
        return assertInstanceOf(RunLock.Taken.class, take(owner, expiry));
    }

    private Path file(int number, String ending) {
        return folder.resolve("%08d.%s".formatted(number, ending));
    }

    private void abandon(int number, LockOwner owner, Duration age) throws IOException {
        Files.createDirectories(file(number, "json").getParent());
        Files.writeString(file(number, "json"), Json.text(owner));
        Files.setLastModifiedTime(
                file(number, "json"), FileTime.from(Instant.now().minus(age)));
    }

    @Test
    void aSecondStartHearsWhoRunsAndWhatItDoes() {
        try (RunLock lock = taken(LockOwner.here("2026-01-01", "now"), HOUR).lock()) {
            lock.enter("training");
            RunLock.Busy busy = assertInstanceOf(RunLock.Busy.class, take(ELSEWHERE, HOUR));
            assertEquals("training", busy.stage());
            assertTrue(
                    busy.owner().text().startsWith("run 2026-01-01 of "),
                    busy.owner().text());
        }
        RunLock.Taken next = taken(ELSEWHERE, HOUR);
        assertNull(next.abandoned(), "who leaves by itself is not abandoned");
        next.lock().close();
    }

    @Test
    void ofManyStartsAtOnceOneRuns() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(STARTS);
        try {
            Callable<RunLock.Answer> start = () -> take(ELSEWHERE, HOUR);
            for (int round = 0; round < STARTS; round++) {
                RunLock lock = null;
                for (Future<RunLock.Answer> answer : threads.invokeAll(Collections.nCopies(STARTS, start))) {
                    if (answer.get() instanceof RunLock.Taken taken) {
                        assertNull(lock, "two have it");
                        lock = taken.lock();
                    }
                }
                assertNotNull(lock, "nobody has it");
                lock.close();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStaleLockIsTakenOverAfterItsExpiryAndNotBefore() throws IOException {
        abandon(1, ELSEWHERE, HOUR.minusMinutes(1));
        assertInstanceOf(RunLock.Busy.class, take(ELSEWHERE, HOUR));
        abandon(1, ELSEWHERE, SHORT.plusSeconds(1));
        RunLock.Taken taken = taken(ELSEWHERE, SHORT);
        assertNotNull(taken.abandoned());
        assertEquals(ELSEWHERE, taken.abandoned().owner());
        taken.lock().close();
    }

    @Test
    void aLiveOwnerKeepsItsLockWhenTheClockIsSetForward() throws IOException {
        try (RunLock lock = taken(ELSEWHERE, SHORT).lock()) {
            lock.enter("training");
            Files.setLastModifiedTime(
                    file(1, "alive"), FileTime.from(Instant.now().minus(HOUR)));
            assertInstanceOf(RunLock.Busy.class, take(ELSEWHERE, SHORT));
        }
    }

    @Test
    void aDeadOwnersLockIsTakenOverWhenTheClockWasSetBack() throws IOException {
        abandon(1, ELSEWHERE, HOUR.negated());
        taken(ELSEWHERE, SHORT).lock().close();
    }

    @Test
    void aLockThatDoesNotSayWhoseItIsExpiresAndIsKeptAliveLikeAnyOther() throws IOException {
        Files.writeString(file(1, "json"), "");
        assertInstanceOf(RunLock.Busy.class, take(ELSEWHERE, HOUR), "it was written a moment ago");
        Files.setLastModifiedTime(file(1, "json"), FileTime.from(Instant.now().minus(HOUR)));
        taken(ELSEWHERE, SHORT).lock().close();
    }

    @Test
    void aLiveLockIsNeverTakenOver() throws IOException {
        try (RunLock lock = taken(ELSEWHERE, SHORT).lock()) {
            lock.enter("training");
            FileTime first = Files.getLastModifiedTime(file(1, "alive"));
            long expired = first.toMillis() + 3 * SHORT.toMillis();
            while (Files.getLastModifiedTime(file(1, "alive")).toMillis() < expired) {
                assertInstanceOf(RunLock.Busy.class, take(ELSEWHERE, SHORT));
            }
            assertDoesNotThrow(lock::check);
        }
    }

    @Test
    void whoseProcessOfThisMachineIsGoneNeedNotExpire() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        ProcessIdentity other = Objects.requireNonNull(ProcessIdentity.of(process.pid()));
        abandon(1, new LockOwner("2026-01-01", "ann", ProcessIdentity.host(), other, "then"), Duration.ZERO);
        assertInstanceOf(RunLock.Busy.class, take(ELSEWHERE, HOUR));
        process.destroyForcibly().waitFor();
        taken(ELSEWHERE, HOUR).lock().close();
    }

    @Test
    void anOwnerThatWasHeldUpFindsThatAnotherHasBegun() throws IOException {
        try (RunLock lock = taken(ELSEWHERE, HOUR).lock()) {
            Files.setLastModifiedTime(
                    file(1, "json"), FileTime.from(Instant.now().minus(HOUR)));
            try (RunLock other = taken(ELSEWHERE, SHORT).lock()) {
                JobException held = assertThrows(JobException.class, lock::check);
                assertTrue(String.valueOf(held.getMessage()).contains("--lock-seconds"), held.getMessage());
                assertFalse(lock.isOurs());
                assertTrue(other.isOurs());
            }
        }
    }

    @Test
    void ofProcessesThatFindADeadOneTogetherOneGetsItsLock() throws Exception {
        List<Process> takers = new ArrayList<>();
        for (int taker = 0; taker < LockTaker.TAKERS; taker++) {
            takers.add(LockTaker.start(folder, taker));
        }
        for (Process taker : takers) {
            assertEquals(0, taker.waitFor());
        }
        for (int round = 0; round < LockTaker.ROUNDS; round++) {
            int winners = 0;
            for (int taker = 0; taker < LockTaker.TAKERS; taker++) {
                winners += Files.exists(LockTaker.file(folder, "won", round, taker)) ? 1 : 0;
            }
            assertEquals(1, winners, "in round " + round);
        }
    }
}
