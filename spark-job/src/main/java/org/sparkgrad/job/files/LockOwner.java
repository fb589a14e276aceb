package org.sparkgrad.job.files;

import org.jspecify.annotations.Nullable;

/**
 * Who runs.
 *
 * @param runId of the run
 * @param user who started it
 * @param host where
 * @param process which process of which boot of the machine; null where the system does not tell
 * @param started when, in ISO form
 */
public record LockOwner(
        String runId, String user, String host, @Nullable ProcessIdentity process, String started) {
    /** Returns this process as the owner of a run. */
    public static LockOwner here(String runId, String started) {
        return new LockOwner(
                runId,
                System.getProperty("user.name", "?"),
                ProcessIdentity.host(),
                ProcessIdentity.current(),
                started);
    }

    /** Returns the owner of a lock that does not say whose it is. */
    static LockOwner unnamed() {
        return new LockOwner("?", "?", "?", null, "?");
    }

    /** Returns what can be seen of its process from here. */
    ProcessIdentity.Sight sight() {
        return process == null || !host.equals(ProcessIdentity.host())
                ? ProcessIdentity.Sight.UNKNOWN
                : process.sight();
    }

    /** Returns it in words. */
    public String text() {
        String pid = process == null ? "" : " (process %d)".formatted(process.pid());
        return "run %s of %s on %s%s, since %s".formatted(runId, user, host, pid, started);
    }
}
