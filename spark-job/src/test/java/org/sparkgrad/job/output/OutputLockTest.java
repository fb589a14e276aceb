package org.sparkgrad.job.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
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
import org.sparkgrad.job.report.OutputHolder;

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

    /** Leaves checkpoints, and the lock of a process of which only the file system tells. */
    private void leave(String host, Duration age) throws IOException {
        Files.createDirectories(folder.resolve("out.running/checkpoints"));
        Files.writeString(folder.resolve("out.running/checkpoints/checkpoint-000001-step-3"), "a state");
        Path lock = folder.resolve("out.running/_lock/00000001.json");
        Files.createDirectories(lock.getParent());
        Files.writeString(
                lock, "{\"runId\":\"x\",\"user\":\"ann\",\"host\":\"%s\",\"started\":\"then\"}".formatted(host));
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minus(age)));
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
    void whatAKilledProcessLeftIsTakenOver() throws Exception {
        Process killed = OutputHolder.start(folder.resolve("out"));
        assertTrue(refused().contains("process " + killed.pid()));
        killed.destroyForcibly().waitFor();
        Files.createDirectories(folder.resolve("out.running/checkpoints"));
        Files.writeString(folder.resolve("out.running/checkpoints/checkpoint-000001-step-3"), "a state");

        prepare(true).fail("failed", true);
        assertTrue(Files.exists(folder.resolve("out.running/checkpoints/checkpoint-000001-step-3")));

        prepare(false).publish();
        assertTrue(notes.get(notes.size() - 1).contains("--resume would have gone on"), notes::toString);
        assertFalse(Files.exists(folder.resolve("out/checkpoints")));
    }

    @Test
    void anOwnerInAnotherProcessNamespaceIsRespected() throws Exception {
        String[] isolated = {"unshare", "--pid", "--fork", "--kill-child", "--mount-proc"};
        assumeTrue(allows(isolated), "unshare is not allowed here");
        Process owner = OutputHolder.start(folder.resolve("out"), isolated);
        try {
            String said = refused();
            assertTrue(said.contains("is being filled by process "), said);
        } finally {
            owner.getOutputStream().close(); // the owner publishes
        }
        assertEquals(0, owner.waitFor());
        assertTrue(Files.exists(folder.resolve("out/summary.json")), "nobody took its folder away");
    }

    @Test
    void anOwnerThatSeesAnothersProcessesIsRespected() throws Exception {
        String[] isolated = {"unshare", "--pid", "--fork", "--kill-child"}; // /proc is still the host's
        assumeTrue(allows(isolated), "unshare is not allowed here");
        Process owner = OutputHolder.start(folder.resolve("out"), isolated);
        try {
            String said = refused();
            assertTrue(said.contains("is being filled by a process on "), said);
        } finally {
            owner.getOutputStream().close();
        }
        assertEquals(0, owner.waitFor());
    }

    private static boolean allows(String... isolated) throws InterruptedException {
        List<String> line = new ArrayList<>(List.of(isolated));
        line.add("true");
        try {
            return new ProcessBuilder(line).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    @Test
    void anotherHostsIsRefusedWhileItGivesSigns() throws IOException {
        leave("elsewhere.example", Duration.ZERO);

        String said = refused();

        assertTrue(said.contains("elsewhere.example"), said);
        assertTrue(said.contains("its lock can be taken in 60 seconds"), said);
    }

    @Test
    void anEmptyFileOfAnEarlierReleaseBlocksNobody() throws IOException {
        Files.createDirectories(folder.resolve("out.running"));
        Files.writeString(folder.resolve("out.running/_lock"), "");

        prepare(false).publish();

        assertTrue(Files.isDirectory(folder.resolve("out")));
    }

    @Test
    void whoWasHeldUpLeavesAloneWhatAnotherHasTakenOver() throws IOException {
        OutputFolder heldUp = prepare(false);
        Path lock = folder.resolve("out.running/_lock");
        Files.copy(lock.resolve("00000001.json"), lock.resolve("00000002.json"));
        heldUp.writeText("summary.json", "the other's");

        JobException problem = assertThrows(JobException.class, heldUp::publish);

        assertEquals(ExitCode.RESOURCES, problem.exitCode());
        assertFalse(Files.exists(folder.resolve("out")));
        assertEquals("the other's", Files.readString(folder.resolve("out.running/summary.json")));
    }
}
