package org.sparkgrad.job.problem;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Detects full disks. */
public final class DiskFull {
    /** The messages of file systems about a full disk. */
    private static final Pattern SAID =
            Pattern.compile("No space left on device|Disk quota exceeded|File too large", Pattern.CASE_INSENSITIVE);

    /** The parts of messages that name the file: in Java's exceptions on opening, and in Spark's about a task. */
    private static final List<Pattern> NAMED = List.of(
            Pattern.compile("(/\\S+) \\((?:" + SAID.pattern() + ")"),
            Pattern.compile("while writing rows to (?:file:)?(/\\S+?)\\.?(?:\\s|$)"));

    /** The smallest space that a library for devices needs. */
    private static final int PROBE_BYTES = 3 << 20;

    private static final String LITTLE = "it takes less than 3 MB";

    private DiskFull() {}

    /** Returns whether a full disk caused the failure. */
    public static boolean tells(Throwable failure) {
        return said(failure).isPresent();
    }

    /** Returns an exception about a full disk for a file or folder. */
    public static JobException problem(Object path, Throwable failure) {
        return new JobException(
                ExitCode.RESOURCES, message(path.toString(), said(failure).orElse("no space")), failure);
    }

    /**
     * Returns the message for a failure by a full disk, with the file in the failure's messages, else with the
     * temporary folder.
     */
    static Optional<String> in(Throwable failure) {
        Optional<String> said = said(failure);
        return said.isPresent()
                ? Optional.of(
                        message(named(failure).or(DiskFull::fullFolder).orElse("one of this machine's"), said.get()))
                : fullFolder().map(folder -> message(folder, LITTLE));
    }

    /**
     * Checks that the folders for temporary files have free space.
     *
     * @throws JobException (RESOURCES) if a folder is full
     */
    public static void checkTemporaryFolders() {
        fullFolder().ifPresent(folder -> {
            throw new JobException(ExitCode.RESOURCES, message(folder, LITTLE));
        });
    }

    private static String message(String path, String said) {
        return "disk full: %s (%s): free space, or write elsewhere (--output; spark.local.dir and java.io.tmpdir for temporary files)"
                .formatted(path, said);
    }

    private static Optional<String> said(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher said = SAID.matcher(String.valueOf(cause.getMessage()));
            if (said.find()) {
                return Optional.of(said.group());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> named(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FileSystemException file && file.getFile() != null) {
                return Optional.of(file.getFile());
            }
            for (Pattern pattern : NAMED) {
                Matcher named = pattern.matcher(String.valueOf(cause.getMessage()));
                if (named.find()) {
                    return Optional.of(named.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> fullFolder() {
        return Stream.of("java.io.tmpdir", "spark.local.dir")
                .flatMap(key -> Optional.ofNullable(System.getProperty(key)).stream())
                .filter(folder -> Files.isDirectory(Path.of(folder)))
                .filter(DiskFull::isFull)
                .findFirst();
    }

    private static boolean isFull(String folder) {
        try {
            Path probe = Files.createTempFile(Path.of(folder), "sparkgrad", ".tmp");
            try {
                Files.write(probe, new byte[PROBE_BYTES]);
                return false;
            } finally {
                Files.deleteIfExists(probe);
            }
        } catch (IOException failure) {
            return tells(failure);
        }
    }
}
