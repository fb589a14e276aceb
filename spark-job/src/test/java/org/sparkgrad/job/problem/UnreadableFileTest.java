package org.sparkgrad.job.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnreadableFileTest {
    private static Stream<Throwable> readersThatWereStopped() {
        return Stream.of(
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError(),
                new InterruptedException("stopped"),
                new InterruptedIOException("stopped"),
                new FileNotFoundException("a (Permission denied)"),
                new AccessDeniedException("a"),
                new AccessControlException("Permission denied: user=b"),
                new ConnectException("Connection refused"));
    }

    @ParameterizedTest
    @MethodSource("readersThatWereStopped")
    void aFileIsNotCalledDamagedForWhatIsNotInIt(Throwable stopped) {
        String reason = stopped.getMessage() == null ? "StackOverflowError" : stopped.getMessage();
        assertEquals("Cannot read a: " + reason, UnreadableFile.message("a", new IOException("read", stopped)));
    }

    @ParameterizedTest
    @MethodSource("wrongContents")
    void aFileIsCalledDamagedForItsContent(Throwable wrong) {
        assertEquals(
                "Cannot read a: wrong\nIt is damaged or of another format: check --format, or get it again.",
                UnreadableFile.message("a", wrong));
    }

    private static Stream<Throwable> wrongContents() {
        return Stream.of(new IOException("wrong"), new IllegalStateException("wrong"), new RuntimeException("wrong"));
    }
}
