package org.sparkgrad.gpu.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processor this machine has. */
final class Processor {
    private static final String NAME = read(Path.of("/proc/cpuinfo"));

    private Processor() {}

    /** Returns its model's name where the system tells it, else the architecture. */
    static String name() {
        return NAME;
    }

    /** Returns the first model name in a file like /proc/cpuinfo; without one, the architecture. */
    static String read(Path cpuInfo) {
        return lines(cpuInfo).stream()
                .filter(line -> line.startsWith("model name") && line.indexOf(':') > 0)
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .filter(name -> !name.isEmpty())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
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
