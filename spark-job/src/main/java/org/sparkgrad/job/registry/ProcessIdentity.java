package org.sparkgrad.job.registry;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that cannot be taken for another: numbers of processes mean something only within one boot of one machine and,
 * in containers, within one namespace.
 *
 * @param boot Linux's name of the boot
 * @param namespace Linux's name of the namespace of the numbers
 * @param pid the number
 * @param started when the system says that it began
 */
public record ProcessIdentity(String boot, String namespace, long pid, String started) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** Returns this process, or null where the system does not tell enough. */
    static @Nullable ProcessIdentity current() {
        Optional<String> started = started(ProcessHandle.current());
        try {
            return started.isEmpty()
                    ? null
                    : new ProcessIdentity(
                            Files.readString(BOOT).strip(),
                            Files.readSymbolicLink(NAMESPACE).toString(),
                            ProcessHandle.current().pid(),
                            started.get());
        } catch (IOException | UnsupportedOperationException notLinux) {
            return null;
        }
    }

    /** Returns whether it would be seen from here and is not. */
    boolean isGone() {
        ProcessIdentity here = current();
        return here != null
                && boot.equals(here.boot)
                && namespace.equals(here.namespace)
                && ProcessHandle.of(pid)
                        .flatMap(ProcessIdentity::started)
                        .filter(started::equals)
                        .isEmpty();
    }

    static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "localhost";
        }
    }

    private static Optional<String> started(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString);
    }
}
