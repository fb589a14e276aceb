package org.sparkgrad.gpu.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;

/** The files that are mapped into this process, as Linux lists them. */
final class MappedFiles {
    private static final Path LIST = Path.of("/proc/self/maps");

    private MappedFiles() {}

    /** Returns the file that is mapped at an address; nothing where there is none or the list cannot be read. */
    static Optional<Path> at(Pointer address) throws IOException {
        if (!Files.isReadable(LIST)) {
            return Optional.empty();
        }
        // A line is: from-to permissions offset device inode path
        return Files.readAllLines(LIST).stream()
                .map(line -> line.split("\\s+", 6))
                .filter(fields -> fields.length == 6 && contains(fields[0], address.address()))
                .map(fields -> Path.of(fields[5]))
                .findFirst();
    }

    /** Returns whether a file is mapped; false where the list cannot be read. */
    static boolean has(Path file) throws IOException {
        Path real = file.toRealPath();
        return Files.isReadable(LIST) && Files.readAllLines(LIST).stream().anyMatch(line -> line.endsWith(" " + real));
    }

    private static boolean contains(String range, long address) {
        int dash = range.indexOf('-');
        return Long.compareUnsigned(address, Long.parseUnsignedLong(range, 0, dash, 16)) >= 0
                && Long.compareUnsigned(address, Long.parseUnsignedLong(range, dash + 1, range.length(), 16)) < 0;
    }
}
