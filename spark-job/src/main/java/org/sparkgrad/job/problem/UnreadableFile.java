package org.sparkgrad.job.problem;

import java.io.EOFException;
import java.net.URI;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;

/** What goes wrong while a file is read, said in the user's words. */
public final class UnreadableFile {
    /** Spark names the file in an exception around the one that tells what is wrong with it. */
    private static final Pattern FILE = Pattern.compile(
            "(?:Encountered error while reading file|Could not read footer for file:) (\\S+?)\\.(?=\\s|$)");

    /** Parquet's Thrift ends a message with an object's fields, or its address. */
    private static final Pattern STRUCT = Pattern.compile(" Struct: .*");

    private static final int LONGEST = 200;

    private UnreadableFile() {}

    /** Returns the message about a file that Spark names among the causes, if it names one. */
    public static Optional<String> findIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher file = FILE.matcher(String.valueOf(cause.getMessage()));
            if (file.find()) {
                return Optional.of(message(name(file.group(1)), thrown));
            }
        }
        return Optional.empty();
    }

    /** Returns what is wrong with a file, by the exception at the root, and what to do. */
    public static String message(String file, Throwable thrown) {
        Throwable root = root(thrown);
        String reason = reason(root);
        if (root instanceof CharacterCodingException) {
            return file + " is no text in UTF-8: save it as UTF-8.";
        }
        if (reason.contains("not a gzip file")) {
            return file + " is no gzip file, as its name says: rename it, or get it again.";
        }
        boolean cut = root instanceof EOFException || root instanceof ZipException;
        if (cut || root instanceof DataFormatException || reason.contains("CRC")) {
            return file + " is damaged or cut short (" + reason + "): get it again.";
        }
        return "Cannot read " + file + ": " + reason
                + "\nIt is damaged or of another format: check --format, or get it again.";
    }

    /** Returns the last of the causes. */
    static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String reason(Throwable root) {
        String message = root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getMessage().lines().findFirst().orElse("");
        return STRUCT.matcher(message.substring(0, Math.min(LONGEST, message.length())))
                .replaceFirst("");
    }

    private static String name(String uri) {
        return uri.startsWith("file:") ? URI.create(uri).getPath() : uri;
    }
}
