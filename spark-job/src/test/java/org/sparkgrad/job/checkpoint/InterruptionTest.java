package org.sparkgrad.job.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals, in a JVM of their own. */
class InterruptionTest {
    private static final int SECONDS = 120;

    /** Listens, or has listened, and waits for its end. */
    public static void main(String[] arguments) throws InterruptedException {
        Interruption interruption = Interruption.listen(System.out::println);
        if (arguments[0].equals("closed")) {
            interruption.close();
        }
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static Process start(String argument) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        line.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), InterruptionTest.class.getName(), argument));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void signal(String name, Process process) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    private static String line(BufferedReader out, String wanted) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.contains(wanted)) {
                return line;
            }
        }
        return "the process ended without a line with " + wanted;
    }

    @ParameterizedTest
    @CsvSource({"TERM, INT, 130", "INT, TERM, 143", "TERM, TERM, 143"})
    void theSecondSignalEndsTheProcess(String first, String second, int status) throws Exception {
        Process process = start("open");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("ready", line(out, "ready"));
            signal(first, process);
            String said = line(out, "a second signal ends at once");
            assertTrue(said.startsWith("SIG" + first), said);
            assertTrue(process.isAlive(), "the first is only a request");
            signal(second, process);
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "it hangs");
            assertEquals(status, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nobodyListensAfterTheEnd() throws Exception {
        Process process = start("closed");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertEquals("ready", line(out, "ready"));
            signal("TERM", process);
            assertTrue(process.waitFor(SECONDS, TimeUnit.SECONDS), "it hangs");
            assertEquals(143, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void nobodyAskedYet() {
        try (Interruption interruption = Interruption.listen(line -> {})) {
            assertFalse(interruption.isRequested());
        }
        assertFalse(Interruption.never().isRequested());
    }
}
