package org.sparkgrad.job.files;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a process uniquely. A process number is unique only within one boot of one machine and, in containers,
 * within one namespace.
 *
 * @param boot Linux's id of the boot
 * @param namespace Linux's id of the process namespace
 * @param pid the process number
 * @param ticks the start of the process in clock ticks since the boot, which no clock change affects; null in locks of
 *     earlier releases
 */
public record ProcessIdentity(
        String boot, String namespace, long pid, @Nullable Long ticks) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** The positions of state and start time among the fields of /proc/PID/stat after the program name. */
    private static final int STATE = 0;

    private static final int START = 19;
    private static final List<String> ENDED = List.of("Z", "X");

    /** The state of a process, as visible from here. */
    enum Sight {
        /** The process runs. */
        ALIVE,
        /** The process has ended. */
        GONE,
        /** The state is unknown, because of another boot or namespace, or because the system hides processes. */
        UNKNOWN
    }

    /** Returns this process, or null if the system provides too little information. */
    static @Nullable ProcessIdentity current() {
        return of(ProcessHandle.current().pid());
    }

    /** Returns a process of this boot and namespace, or null if the system provides too little information. */
    static @Nullable ProcessIdentity of(long pid) {
        try {
            // A process in its own namespace may still see the /proc of another namespace.
            boolean ownNumbers = Files.readSymbolicLink(PROCESSES.resolve("self"))
                    .toString()
                    .equals(Long.toString(ProcessHandle.current().pid()));
            boolean seesOthers = Files.isReadable(stat(1)); // false under hidepid
            return !ownNumbers || !seesOthers
                    ? null
                    : new ProcessIdentity(
                            Files.readString(BOOT).strip(),
                            Files.readSymbolicLink(NAMESPACE).toString(),
                            pid,
                            Long.valueOf(fields(pid)[START]));
        } catch (IOException | UnsupportedOperationException notLinux) {
            return null;
        }
    }

    /** Returns the state of the process, as visible from this process. */
    Sight sight() {
        ProcessIdentity here = current();
        if (here == null || ticks == null || !boot.equals(here.boot) || !namespace.equals(here.namespace)) {
            return Sight.UNKNOWN;
        }
        try {
            String[] fields = fields(pid);
            return ticks.equals(Long.valueOf(fields[START])) && !ENDED.contains(fields[STATE])
                    ? Sight.ALIVE
                    : Sight.GONE;
        } catch (NoSuchFileException gone) {
            return Sight.GONE;
        } catch (IOException unreadable) {
            return Sight.UNKNOWN;
        }
    }

    private static Path stat(long pid) {
        return PROCESSES.resolve(Long.toString(pid)).resolve("stat");
    }

    private static String[] fields(long pid) throws IOException {
        String text = new String(Files.readAllBytes(stat(pid)), StandardCharsets.ISO_8859_1);
        return text.substring(text.lastIndexOf(')') + 2).split(" "); // the name of the program may contain spaces
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
