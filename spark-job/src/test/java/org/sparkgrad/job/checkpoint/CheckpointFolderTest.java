package org.sparkgrad.job.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.optimize.SavedState;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

class CheckpointFolderTest {
    private static final double[] AWKWARD = {
        0.0, -0.0, 1.0 / 3, Double.MIN_VALUE, Double.MAX_VALUE, Double.NEGATIVE_INFINITY, Double.NaN
    };

    @TempDir
    private Path temporary;

    private final List<String> notes = new ArrayList<>();

    private CheckpointFolder folder() {
        return new CheckpointFolder(
                new Configuration(), temporary.resolve("checkpoints").toString());
    }

    private static RunIdentity identity(String regParam) {
        return new RunIdentity(
                Map.of("sparkgrad", "1"), Map.of("regParam", regParam, "tol", "0"), Map.of("rows", "7"), "a CPU");
    }

    private static Checkpoint checkpoint(int step) {
        Checkpoint.Progress progress = new Checkpoint.Progress(step, 2, List.of(0.7, 0.5), 9, 1.25, 3.5);
        SavedState state = new SavedState().put("coefficients", AWKWARD).put("empty");
        progress.save(state);
        return new Checkpoint(identity("0.1"), progress, state);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(temporary.resolve("checkpoints"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.endsWith(".crc"))
                    .sorted()
                    .toList();
        }
    }

    /** Changes a byte of a file. */
    private void damage(String name) throws IOException {
        Path file = temporary.resolve("checkpoints").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        folder().write(checkpoint(5));

        Checkpoint read = folder().last(notes::add).orElseThrow();

        assertEquals(identity("0.1"), read.identity());
        assertEquals(checkpoint(5).progress(), read.progress());
        assertArrayEquals(AWKWARD, read.state().vector("coefficients"));
        assertEquals(0, read.state().vector("empty").length);
        assertEquals(
                List.copyOf(checkpoint(5).state().vectors().keySet()),
                List.copyOf(read.state().vectors().keySet()));
        assertEquals(List.of(), notes);
    }

    @Test
    void theLastTwoStay() throws IOException {
        assertTrue(folder().last(notes::add).isEmpty());
        for (int step : new int[] {5, 10, 15, 15}) {
            folder().write(checkpoint(step));
        }

        assertEquals(List.of("checkpoint-000003-step-15", "checkpoint-000004-step-15"), names());
    }

    @Test
    void ofADamagedOneTheOneBeforeIsTaken() throws IOException {
        folder().write(checkpoint(5));
        folder().write(checkpoint(10));
        damage("checkpoint-000002-step-10");

        assertEquals(5, folder().last(notes::add).orElseThrow().progress().step());
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("checkpoint-000002-step-10 is damaged"), notes.get(0));

        damage("checkpoint-000001-step-5");
        JobException problem = assertThrows(JobException.class, () -> folder().last(notes::add));
        assertEquals(ExitCode.DATA, problem.exitCode());
        assertTrue(String.valueOf(problem.getMessage()).contains("checkpoint-000001-step-5"), problem.getMessage());
    }

    @Test
    void whatHadoopFindsDamagedIsDamaged() throws IOException {
        folder().write(checkpoint(5));
        folder().write(checkpoint(10));
        Path file = temporary.resolve("checkpoints/checkpoint-000002-step-10");
        byte[] bytes = Files.readAllBytes(file);
        bytes[40] ^= 4;
        Files.write(file, bytes);

        assertEquals(5, folder().last(notes::add).orElseThrow().progress().step());
        assertEquals(1, notes.size());
    }

    @Test
    void whatWasBeingWrittenIsNoCheckpoint() throws IOException {
        folder().write(checkpoint(5));
        Files.writeString(temporary.resolve("checkpoints/writing"), "half");

        assertEquals(5, folder().last(notes::add).orElseThrow().progress().step());
        folder().write(checkpoint(10));
        assertEquals(List.of("checkpoint-000001-step-5", "checkpoint-000002-step-10"), names());
    }

    @Test
    void everyChangedByteAndEveryCutIsNoticed() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        CheckpointFormat.write(checkpoint(5), stream);
        byte[] whole = stream.toByteArray();
        assertEquals(5, read(whole).progress().step());
        for (int i = 0; i < whole.length; i++) {
            for (int bit : new int[] {1, 0x80}) {
                byte[] changed = whole.clone();
                changed[i] ^= (byte) bit;
                assertThrows(IOException.class, () -> read(changed), "byte " + i);
            }
            byte[] cut = Arrays.copyOf(whole, i);
            assertThrows(IOException.class, () -> read(cut), "cut to " + i);
        }
        assertThrows(IOException.class, () -> read(Arrays.copyOf(whole, whole.length + 1)));
    }

    private static Checkpoint read(byte[] bytes) throws IOException {
        return CheckpointFormat.read(() -> new ByteArrayInputStream(bytes), bytes.length);
    }

    @Test
    void everyDifferenceIsNamed() {
        RunIdentity other = new RunIdentity(
                Map.of("sparkgrad", "2"), Map.of("regParam", "0.2", "tol", "0", "seed", "1"), Map.of("rows", "8"), "");

        JobException settings =
                assertThrows(JobException.class, () -> identity("0.1").refuseOtherSettings(other));
        assertEquals(ExitCode.USAGE, settings.exitCode());
        for (String named :
                List.of("regParam was 0.1 and is 0.2", "seed was not given and is 1", "sparkgrad was 1 and is 2")) {
            assertTrue(String.valueOf(settings.getMessage()).contains(named), settings.getMessage());
        }

        JobException data =
                assertThrows(JobException.class, () -> identity("0.1").refuseOtherData(other));
        assertEquals(ExitCode.DATA, data.exitCode());
        assertTrue(String.valueOf(data.getMessage()).contains("rows was 7 and is 8"), data.getMessage());
    }
}
