package org.sparkgrad.job.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** Names that outlive a power failure: a file that has reached the disk is lost if its folder has not. */
public final class DurableFiles {
    private DurableFiles() {}

    /** Brings all files below a local folder to its disk, and their names. */
    static void tree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                folder(path); // a file is brought there by the same call
            }
        }
    }

    /** Brings the names in a local folder to its disk. */
    public static void folder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
