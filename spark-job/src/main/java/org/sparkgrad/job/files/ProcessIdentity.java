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
 * A process that cannot be taken for another: numbers of processes mean something only within one boot of one machine and,
 * in containers, within one namespace.
 *
 * @param boot Linux's name of the boot
 * @param namespace Linux's name of the namespace of the numbers
 * @param pid the number
 * @param ticks when it began, in clock ticks since the boot, which no change of the clock moves; null in locks of earlier
 *     releases
 */
public record ProcessIdentity(
        String boot, String namespace, long pid, @Nullable Long ticks) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** Where the state and the start are among the fields of /proc/PID/stat that follow the name of the program. */
    private static final int STATE = 0;

    private static final int START = 19;
    private static final List<String> ENDED = List.of("Z", "X");

    /** What can be seen of a process from here. */
    enum Sight {
        /** It runs. */
        ALIVE,
        /** It has ended. */
        GONE,
        /** This process cannot know: another boot or namespace, or a system that hides processes. */
        UNKNOWN
    }

    /** Returns this process, or null where the system does not tell enough. */
    static @Nullable ProcessIdentity current() {
        return of(ProcessHandle.current().pid());
    }

    /** Returns a process of this boot and namespace, or null where the system does not tell enough. */
    static @Nullable ProcessIdentity of(long pid) {
        try {
            // A process of a namespace of its own may still see the /proc of another one.
            boolean ownNumbers = Files.readSymbolicLink(PROCESSES.resolve("self"))
                    .toString()
                    .equals(Long.toString(ProcessHandle.current().pid()));
            boolean seesOthers = Files.isReadable(stat(1)); // not under hidepid
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

    /** Returns what this process can see of it. */
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
        return text.substring(text.lastIndexOf(')') + 2).split(" "); // the program's name may hold spaces
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }
}
