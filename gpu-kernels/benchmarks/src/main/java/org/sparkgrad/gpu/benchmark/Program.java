package org.sparkgrad.gpu.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs other programs, whose lines of JSON are results, until a time at which all must have ended. */
final class Program {
    private static final int LAST_LINES = 5;

    /** Java tells a signal as this and its number. */
    private static final int SIGNALS = 128;

    private final Results results;
    private final long end;

    /** @param seconds from now, after which programs are stopped */
    Program(Results results, long seconds) {
        this.results = results;
        this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Returns whether there is time left. */
    boolean mayStart() {
        return secondsLeft() > 0;
    }

    /** Runs a command, and returns its exit code, or 0 if the time was over first. */
    int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // The command's own children hold its output open.
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                () -> {
                    System.err.println("the time is over, stopped: " + String.join(" ", command));
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                },
                CompletableFuture.delayedExecutor(secondsLeft(), TimeUnit.SECONDS));
        Deque<String> others = new ArrayDeque<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith("{")) {
                    results.add(line);
                } else {
                    System.err.println(line);
                    others.add(line);
                    if (others.size() > LAST_LINES) {
                        others.remove();
                    }
                }
            }
        }
        int exit = process.waitFor();
        if (!late.cancel(false)) {
            return 0;
        }
        if (exit != 0) {
            System.err.printf(
                    "failed, %s %d: %s%nits last words:%n  %s%n",
                    exit > SIGNALS ? "by signal" : "exit code",
                    exit > SIGNALS ? exit - SIGNALS : exit,
                    String.join(" ", command),
                    String.join("\n  ", others));
        }
        return exit;
    }

    private long secondsLeft() {
        return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime()));
    }
}
