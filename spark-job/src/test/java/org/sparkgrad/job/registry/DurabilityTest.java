package org.sparkgrad.job.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.checkpoint.Checkpoint;
import org.sparkgrad.job.checkpoint.CheckpointFolder;
import org.sparkgrad.job.checkpoint.RunIdentity;
import org.sparkgrad.job.optimize.SavedState;

/** Which files and folders a process asks the system to bring to the disk. */
class DurabilityTest {
    @TempDir
    private Path folder;

    @Test
    void checkpointsVersionsAndPointersReachTheDisk() throws Exception {
        Path calls = folder.resolve("calls");
        List<String> strace =
                List.of("strace", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync", "-o", calls.toString());
        assumeTrue(works(strace), "system calls cannot be traced here");
        List<String> writer = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                DurabilityTest.class.getName(),
                folder.toString());
        Process process = new ProcessBuilder(java.util.stream.Stream.concat(strace.stream(), writer.stream())
                        .toList())
                .inheritIO()
                .start();
        assertEquals(0, process.waitFor());

        String synced = Files.readString(calls);
        for (String path : List.of(
                "checkpoints/writing",
                "checkpoints",
                "models/pets/candidates/run/data",
                "models/pets",
                "models/pets/promoted")) {
            assertTrue(synced.contains("<" + folder.toRealPath().resolve(path) + ">"), () -> path + " in\n" + synced);
        }
        assertTrue(
                synced.contains(folder.toRealPath()
                        .resolve("models/pets/promoted/.unfinished-")
                        .toString()),
                synced);
    }

    private static boolean works(List<String> tracer) throws InterruptedException {
        try {
            return new ProcessBuilder(
                                    java.util.stream.Stream.concat(tracer.stream(), java.util.stream.Stream.of("true"))
                                            .toList())
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /** Writes a checkpoint, a version and the pointer to it. */
    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        Checkpoint.Progress progress = new Checkpoint.Progress(1, 1, List.of(0.7), 1, 1, 1);
        SavedState state = new SavedState().put("coefficients", 1.0);
        progress.save(state);
        new CheckpointFolder(new Configuration(), folder.resolve("checkpoints").toString())
                .write(new Checkpoint(new RunIdentity(Map.of(), Map.of(), Map.of(), "a CPU"), progress, state));
        RegisteredModel model =
                ModelRegistry.open(new Configuration(), folder.toString()).model("pets");
        Files.createDirectories(folder.resolve("models/pets/candidates/run"));
        Files.writeString(folder.resolve("models/pets/candidates/run/data"), "of Spark's");
        model.promote(model.publish("run"), Promotion.Reason.PROMOTE, 0);
    }
}
