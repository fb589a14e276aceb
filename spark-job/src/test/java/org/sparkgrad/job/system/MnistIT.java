package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.RealData;

/** MNIST from its files to a model, by the launcher. */
class MnistIT {
    private static final double OPTIMUM = 0.259248295;

    @TempDir
    private Path folder;

    private JsonNode train(String... more) {
        Path mnist = RealData.folder("mnist");
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--format",
                "idx",
                "--data",
                mnist.resolve("train-images-idx3-ubyte.gz").toString(),
                "--labels",
                mnist.resolve("train-labels-idx1-ubyte.gz").toString(),
                "--test-data",
                mnist.resolve("t10k-images-idx3-ubyte.gz").toString(),
                "--test-labels",
                mnist.resolve("t10k-labels-idx1-ubyte.gz").toString(),
                "--output",
                "out/mnist"));
        arguments.addAll(List.of(more));
        Launcher launcher = new Launcher(folder, Map.of());
        launcher.sparkgrad(arguments.toArray(new String[0])).ok();
        return launcher.summary("out/mnist");
    }

    private static void assertEngine(String engine, JsonNode summary) {
        assertEquals(engine, summary.path("engine").path("name").asText());
        if (engine.equals("opencl")) {
            assertEquals(
                    "OpenCL C", summary.path("engine").path("instructionSet").asText());
            summary.path("engine").path("workers").forEach(worker -> {
                assertTrue(worker.path("launches").asLong() > 0);
                assertTrue(!worker.path("device").asText().isEmpty());
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu", "opencl"})
    void lbfgsReachesTheReferenceOptimum(String engine) {
        RealData.assumeEngine(engine);
        JsonNode summary =
                train("--engine", engine, "--reg-param", "1e-4", "--standardization", "false", "--max-iter", "250");
        assertEngine(engine, summary);
        assertEquals(OPTIMUM, summary.path("objective").asDouble(), 1e-3 * OPTIMUM);
        assertTrue(summary.path("metrics").path("test").path("accuracy").asDouble() >= 0.92);
    }

    @ParameterizedTest
    @CsvSource({"cpu,local[2],1", "'opencl','local-cluster[2,1,2048]',2"})
    void adamLearnsInTwoEpochs(String engine, String master, int executors) {
        RealData.assumeEngine(engine);
        JsonNode summary = train(
                "--master", master, "--engine", engine, "--optimizer", "adam", "--batch-size", "256", "--epochs", "2");
        assertEngine(engine, summary);
        assertTrue(summary.path("metrics").path("test").path("accuracy").asDouble() >= 0.90);
        assertEquals(2 * 235, summary.path("steps").asInt());
        Set<String> names = new HashSet<>();
        summary.path("engine")
                .path("workers")
                .forEach(worker -> names.add(worker.path("executor").asText()));
        assertEquals(executors, names.size(), names.toString());
    }

    @ParameterizedTest
    @CsvSource({"logistic,0.98", "squared,0.97"})
    void aDigitAgainstTheRestIsABinaryProblem(String loss, double accuracy) throws IOException {
        Path labels = digitZeroAgainstTheRest();
        Path images = RealData.folder("mnist").resolve("train-images-idx3-ubyte.gz");
        Launcher launcher = new Launcher(folder, Map.of());
        launcher.sparkgrad(
                        "train",
                        "--data",
                        images.toString(),
                        "--labels",
                        labels.toString(),
                        "--loss",
                        loss,
                        "--reg-param",
                        "1e-4",
                        "--engine",
                        "cpu",
                        "--output",
                        "out/zero")
                .ok();
        JsonNode metrics = launcher.summary("out/zero").path("metrics").path("train");
        assertTrue(metrics.path("accuracy").asDouble() >= accuracy, metrics.toString());
        assertTrue(
                metrics.path("areaUnderROC").asDouble() >= 0.98,
                metrics.path("areaUnderROC").toString());
    }

    /** The label file with 1 for digit 0 and 0 for the others. */
    private Path digitZeroAgainstTheRest() throws IOException {
        Path digits = RealData.folder("mnist").resolve("train-labels-idx1-ubyte.gz");
        byte[] bytes;
        try (InputStream stream = new GZIPInputStream(Files.newInputStream(digits))) {
            bytes = stream.readAllBytes();
        }
        int header = 8;
        for (int i = header; i < bytes.length; i++) {
            bytes[i] = (byte) (bytes[i] == 0 ? 1 : 0);
        }
        return Files.write(folder.resolve("zero-labels-idx1-ubyte"), bytes);
    }
}
