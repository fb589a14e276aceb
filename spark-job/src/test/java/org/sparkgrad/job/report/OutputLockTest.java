package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.CheckpointSettings;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Two runs with one output, and what the first leaves. */
class OutputLockTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    private OutputFolder prepare(boolean resume) {
        CheckpointSettings checkpoints = new CheckpointSettings(null, 0, resume);
        return OutputFolder.prepare(
                new Configuration(),
                new OutputSettings(folder.resolve("out").toString(), false, checkpoints),
                notes::add);
    }

    private void leave(String host, long pid, Instant started) throws IOException {
        Files.createDirectories(folder.resolve("out.running/checkpoints"));
        Files.writeString(folder.resolve("out.running/checkpoints/checkpoint-000001-step-3"), "a state");
        Files.writeString(
                folder.resolve("out.running/_lock"),
                "{\"host\":\"%s\",\"pid\":%d,\"started\":\"%s\",\"id\":\"x\"}".formatted(host, pid, started));
    }

    private String refused() {
        JobException problem = assertThrows(JobException.class, () -> prepare(true));
        assertEquals(ExitCode.USAGE, problem.exitCode());
        assertTrue(Files.exists(folder.resolve("out.running/_lock")), "the lock stays");
        return String.valueOf(problem.getMessage());
    }

    @Test
    void theSecondRunIsRefused() {
        OutputFolder first = prepare(false);
        first.writeText("summary.json", "first");

        String said = refused();

        assertTrue(said.contains("process " + ProcessHandle.current().pid()), said);
        first.publish();
        assertFalse(Files.exists(folder.resolve("out/_lock")));
    }

    @Test
    void whatADeadProcessLeftIsTakenOver() throws IOException {
        String here = InetAddress.getLocalHost().getHostName();
        Process gone = new ProcessBuilder("true").start();
        gone.onExit().join();
        leave(here, gone.pid(), Instant.now());
        prepare(true).fail("failed", true);
        assertTrue(Files.exists(folder.resolve("out.running/checkpoints/checkpoint-000001-step-3")));

        leave(here, ProcessHandle.current().pid(), Instant.EPOCH); // its number is another process's by now
        prepare(false).publish();
        assertTrue(notes.get(notes.size() - 1).contains("--resume would have gone on"), notes::toString);
        assertFalse(Files.exists(folder.resolve("out/checkpoints")));
    }

    @Test
    void anotherHostsIsRefusedWithTheFileToRemove() throws IOException {
        leave("elsewhere.example", 1, Instant.now());

        String said = refused();

        assertTrue(said.contains("elsewhere.example"), said);
        assertTrue(said.contains("remove file:" + folder.resolve("out.running/_lock")), said);
    }

    @Test
    void aLockThatSaysNothingIsRefused() throws IOException {
        Files.createDirectories(folder.resolve("out.running"));
        Files.writeString(folder.resolve("out.running/_lock"), "");

        assertTrue(refused().contains("_lock"));
    }
}
