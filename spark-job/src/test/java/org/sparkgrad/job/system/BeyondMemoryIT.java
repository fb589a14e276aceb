package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks of three times the heap of all executors: slower, with the bits of a run in ample memory. */
class BeyondMemoryIT {
    private static final int FILES = 4;
    private static final int ROWS = 51_000;
    private static final int FEATURES = 1000;
    private static final long HEAP = 512L << 20;

    @TempDir
    private static Path folder;

    private static Launcher launcher;
    private static JsonNode ample;

    @BeforeAll
    static void trainInAmpleMemory() throws IOException {
        assertTrue((long) FILES * ROWS * FEATURES * Double.BYTES >= 3 * HEAP);
        for (int file = 0; file < FILES; file++) {
            write(file);
        }
        launcher = new Launcher(folder, Map.of());
        Launcher.Ended ended = train("ample", "--master", "local[2]", "--driver-memory", "5g");
        assertFalse(ended.err().contains("streamed"), ended.err());
        ample = launcher.summary("ample");
    }

    @ParameterizedTest
    @CsvSource({"'local-cluster[1,2,512]',--executor-memory", "local[2],--driver-memory"})
    void littleMemoryGivesTheSameBits(String master, String memory) {
        String output = "little" + memory;
        Launcher.Ended ended = train(output, "--master", master, memory, "512m");
        assertTrue(ended.err().contains("streamed from local disk"), ended.err());
        JsonNode little = launcher.summary(output);
        assertEquals(ample.path("coefficientsSha256"), little.path("coefficientsSha256"));
        assertEquals(ample.path("objectiveHistory"), little.path("objectiveHistory"));
        assertEquals(ample.path("metrics"), little.path("metrics"));
    }

    private static Launcher.Ended train(String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of("train"));
        for (int file = 0; file < FILES; file++) {
            arguments.addAll(List.of("--data", images(file).toString()));
            arguments.addAll(List.of("--labels", labels(file).toString()));
        }
        arguments.addAll(List.of("--format", "idx", "--engine", "cpu", "--precision", "double"));
        arguments.addAll(List.of("--max-iter", "2", "--output", output));
        arguments.addAll(List.of(more));
        return launcher.sparkgrad(arguments.toArray(new String[0])).ok();
    }

    private static Path images(int file) {
        return folder.resolve("part" + file + "-idx3-ubyte");
    }

    private static Path labels(int file) {
        return folder.resolve("part" + file + "-idx1-ubyte");
    }

    /** Writes random bytes, 25 x 40 a row; the label says whether more of the first hundred are high or of the next. */
    private static void write(int file) throws IOException {
        Random random = new Random(file);
        byte[] row = new byte[FEATURES];
        try (DataOutputStream images = create(images(file));
                DataOutputStream labels = create(labels(file))) {
            for (int header : new int[] {0x803, ROWS, 25, 40}) {
                images.writeInt(header);
            }
            labels.writeInt(0x801);
            labels.writeInt(ROWS);
            for (int i = 0; i < ROWS; i++) {
                random.nextBytes(row);
                int score = 0;
                for (int j = 0; j < 100; j++) {
                    score += (row[j] & 0xff) - (row[100 + j] & 0xff);
                }
                images.write(row);
                labels.write(score > 0 ? 1 : 0);
            }
        }
    }

    private static DataOutputStream create(Path path) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path)));
    }
}
