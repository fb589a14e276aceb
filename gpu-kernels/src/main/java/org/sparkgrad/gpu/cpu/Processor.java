package org.sparkgrad.gpu.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A processor as the system describes it.
 *
 * @param name the model's name on Linux, else the architecture
 * @param flags the instruction sets, by their names on Linux; empty on other systems
 */
public record Processor(String name, Set<String> flags) {
    private static final Processor HERE = read(Path.of("/proc/cpuinfo"));
    private static final List<String> AVX_512 = List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");

    /** Returns the processor of this machine. */
    public static Processor here() {
        return HERE;
    }

    /** Returns the first processor in a file like /proc/cpuinfo. */
    static Processor read(Path cpuInfo) {
        List<String> lines = lines(cpuInfo);
        return new Processor(
                value(lines, "model name").orElse(System.getProperty("os.arch")),
                Set.copyOf(List.of(value(lines, "flags").orElse("none").split("\\s+"))));
    }

    /** Returns whether it has the AVX-512 instructions that servers have had since 2017. */
    public boolean hasAvx512() {
        return flags.containsAll(AVX_512);
    }

    /** Returns whether it has AVX2 and fused multiply-add. */
    public boolean hasAvx2() {
        return flags.containsAll(List.of("avx2", "fma"));
    }

    private static Optional<String> value(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key) && line.indexOf(':') > 0)
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static List<String> lines(Path cpuInfo) {
        try {
            return Files.readAllLines(cpuInfo);
        } catch (IOException elsewhere) {
            // Only Linux has this file.
            return List.of();
        }
    }
}
