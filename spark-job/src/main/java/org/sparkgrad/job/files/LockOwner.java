package org.sparkgrad.job.files;

import org.jspecify.annotations.Nullable;

/**
 * The owner of a lock.
 *
 * @param runId the id of the run
 * @param user the user who started the run
 * @param host the host of the run
 * @param process the process, with the boot of its machine; null if the system does not provide it
 * @param started the start, in ISO form
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

    /** Returns the owner for a lock file without an owner. */
    static LockOwner unnamed() {
        return new LockOwner("?", "?", "?", null, "?");
    }

    /** Returns the state of the owner's process, as visible from here. */
    ProcessIdentity.Sight sight() {
        return process == null || !host.equals(ProcessIdentity.host())
                ? ProcessIdentity.Sight.UNKNOWN
                : process.sight();
    }

    /** Returns the owner as text. */
    public String text() {
        String pid = process == null ? "" : " (process %d)".formatted(process.pid());
        return "run %s of %s on %s%s, since %s".formatted(runId, user, host, pid, started);
    }
}
