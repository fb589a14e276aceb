package org.sparkgrad.job.read;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The records of a split, one after the other. The bytes of a record are valid until the next call of next. */
interface TextRecords extends AutoCloseable {
    /**
     * Moves to the next record; returns false after the last one.
     *
     * @throws org.sparkgrad.job.problem.JobException if the file cannot be read
     */
    boolean next();

    /** Returns the bytes from {@link #from} to {@link #to} of this array, which are the record without its line break. */
    byte[] bytes();

    int from();

    int to();

    /** Returns whether the record is one line of ASCII without NULs; false is possible for such a record, too. */
    boolean isPlain();

    /** Returns the record as text. */
    default String text() {
        return new String(bytes(), from(), to() - from(), StandardCharsets.UTF_8);
    }

    /** Returns whether the record is text in UTF-8: without NUL, and without bytes that decoding replaces. */
    default boolean isUtf8(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        return text.indexOf(0) < 0 && Arrays.equals(encoded, 0, encoded.length, bytes(), from(), to());
    }

    @Override
    void close();
}
