package org.sparkgrad.job.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * Flushes files and folders to the disk, so that their names survive a power failure. A file on the disk is lost if the
 * entry in its folder is not on the disk.
 */
public final class DurableFiles {
    private DurableFiles() {}

    /** Flushes all files below a local folder and their folder entries to the disk. */
    static void tree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                folder(path); // the same call flushes files
            }
        }
    }

    /** Flushes the entries of a local folder to the disk. */
    public static void folder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
