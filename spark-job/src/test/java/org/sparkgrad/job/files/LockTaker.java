package org.sparkgrad.job.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

/** A process that races others for the locks that dead owners left, a lock a round. */
final class LockTaker {
    static final int TAKERS = 2;
    static final int ROUNDS = 60;

    private LockTaker() {}

    static Process start(Path folder, int taker) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockTaker.class.getName(),
                        folder.toString(),
                        Integer.toString(taker))
                .redirectOutput(folder.resolve("log-" + taker).toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** Returns a file by which a taker tells how far it is. */
    static Path file(Path folder, String what, int round, int taker) {
        return folder.resolve("%s-%d-%d".formatted(what, round, taker));
    }

    /** Takes part in all rounds; ends when its parent does. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        int me = Integer.parseInt(args[1]);
        StoredFiles files = new StoredFiles(FileSystem.getLocal(new Configuration()));
        ProcessIdentity here = java.util.Objects.requireNonNull(ProcessIdentity.current());
        // This very process, as it would be named had it begun at another time.
        ProcessIdentity ended = new ProcessIdentity(here.boot(), here.namespace(), here.pid(), 1L);
        for (int round = 0; round < ROUNDS; round++) {
            Path lock = folder.resolve("lock-" + round);
            if (me == 0) {
                Files.createDirectories(lock);
                Files.writeString(
                        lock.resolve("00000001.json"),
                        Json.text(new LockOwner("dead", "ann", ProcessIdentity.host(), ended, "then")));
            }
            meet(folder, "ready", round, me);
            RunLock.Answer answer = RunLock.take(
                    files,
                    new org.apache.hadoop.fs.Path(lock.toUri()),
                    LockOwner.here(round + " of " + me, "now"),
                    Duration.ofMinutes(1));
            if (answer instanceof RunLock.Taken) {
                Files.createFile(file(folder, "won", round, me));
            }
            meet(folder, "done", round, me);
            if (answer instanceof RunLock.Taken taken) {
                taken.lock().stop();
            }
        }
    }

    private static void meet(Path folder, String what, int round, int me) throws IOException {
        Files.createFile(file(folder, what, round, me));
        for (int other = 0; other < TAKERS; other++) {
            while (Files.notExists(file(folder, what, round, other))) {
                if (!ProcessHandle.current()
                        .parent()
                        .map(ProcessHandle::isAlive)
                        .orElse(false)) {
                    throw new IllegalStateException("the test has ended");
                }
                Thread.onSpinWait();
            }
        }
    }
}
