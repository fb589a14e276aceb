package org.sparkgrad.job.problem;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;

/** Creates messages for users about errors while reading a file. */
public final class UnreadableFile {
    /** Spark names the file in an exception around the cause. */
    private static final Pattern FILE = Pattern.compile(
            "(?:Encountered error while reading file|Could not read footer for file:) (\\S+?)\\.(?=\\s|$)");

    /** The end of a message of Parquet's Thrift, with the fields of an object or its address. */
    private static final Pattern STRUCT = Pattern.compile(" Struct: .*");

    private static final int LONGEST = 200;

    private UnreadableFile() {}

    /** Returns the message about a file that Spark names among the causes; empty if it names none. */
    public static Optional<String> findIn(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            Matcher file = FILE.matcher(String.valueOf(cause.getMessage()));
            if (file.find()) {
                return Optional.of(message(name(file.group(1)), thrown));
            }
        }
        return Optional.empty();
    }

    /** Returns the message about a file: the error, from the last cause, and the possible action. */
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
        String cannot = "Cannot read " + file + ": " + reason;
        if (isIndependentOfContent(root)) {
            return cannot;
        }
        return cannot + "\nIt is damaged or of another format: check --format, or get it again.";
    }

    /**
     * Returns whether the failure says nothing about the content of the file: the file did not exist, could not be
     * read, or the reader was stopped.
     */
    private static boolean isIndependentOfContent(Throwable root) {
        return root instanceof VirtualMachineError
                || root instanceof InterruptedException
                || root instanceof InterruptedIOException
                || root instanceof ClosedByInterruptException
                || root instanceof FileNotFoundException
                || root instanceof FileSystemException
                || root instanceof SocketException
                || root instanceof UnknownHostException
                || root instanceof AccessControlException
                || root instanceof UnsupportedFileSystemException;
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
