package org.sparkgrad.job.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** This process with those that it has started, such as executors of local-cluster. */
final class ProcessTree {
    private static final int KIB_BITS = 10;

    private ProcessTree() {}

    /** Returns the seconds that they have spent on processors. */
    static double processorSeconds() {
        return processes()
                .mapToDouble(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9)
                .sum();
    }

    /** Returns the sum of the most bytes of memory that each had so far. */
    static double peakMemory() {
        return processes().mapToDouble(ProcessTree::residentPeak).sum();
    }

    private static Stream<ProcessHandle> processes() {
        ProcessHandle own = ProcessHandle.current();
        return Stream.concat(Stream.of(own), own.descendants());
    }

    private static double residentPeak(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << KIB_BITS)
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
