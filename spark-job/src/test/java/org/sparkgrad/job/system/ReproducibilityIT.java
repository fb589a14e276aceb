package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.RealData;

/** One job on clusters of every shape: the same bits, and each task on the device of its address. */
class ReproducibilityIT {
    private static final List<String> GPU_RESOURCES = List.of(
            "--spark-conf", "spark.executor.resource.gpu.amount=1",
            "--spark-conf", "spark.task.resource.gpu.amount=1",
            "--executor-memory", "1g");

    @TempDir
    private static Path folder;

    private static Launcher launcher;

    @BeforeAll
    static void generate() {
        launcher = new Launcher(folder, Map.of("POCL_DEVICES", "pthread pthread"));
        launcher.sparkgrad("generate", "--kind", "pets", "--rows", "5000", "--output", "pets")
                .ok();
    }

    private static JsonNode train(String output, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                "pets",
                "--format",
                "csv",
                "--header",
                "true",
                "--label",
                "species",
                "--standardization",
                "true",
                "--output",
                output));
        arguments.addAll(more);
        launcher.sparkgrad(arguments.toArray(new String[0])).ok();
        return launcher.summary(output);
    }

    private static JsonNode train(String output, String master, String engine, String... more) {
        List<String> all = new ArrayList<>(List.of("--master", master, "--engine", engine));
        all.addAll(List.of(more));
        return train(output, all);
    }

    @Test
    void theHashIsTheSameOnEveryCluster() throws IOException, InterruptedException {
        for (String optimizer : List.of("lbfgs", "adam")) {
            String[] fit = optimizer.equals("lbfgs")
                    ? new String[] {"--optimizer", "lbfgs", "--max-iter", "20"}
                    : new String[] {"--optimizer", "adam", "--batch-size", "512", "--epochs", "1"};
            Set<String> hashes = new HashSet<>();
            for (String master : List.of("local[1]", "local[2]", "local[8]", "local-cluster[2,1,2048]")) {
                String output = optimizer + "-" + master.replaceAll("[^a-z0-9]", "_");
                hashes.add(train(output, master, "cpu", fit)
                        .path("coefficientsSha256")
                        .asText());
            }
            Path work = java.nio.file.Files.createDirectories(folder.resolve("cluster-" + optimizer));
            try (StandaloneCluster cluster = new StandaloneCluster(work, 2)) {
                List<String> arguments = new ArrayList<>(List.of("--master", cluster.url(), "--engine", "cpu"));
                arguments.addAll(List.of(fit));
                arguments.addAll(GPU_RESOURCES);
                hashes.add(train(optimizer + "-standalone", arguments)
                        .path("coefficientsSha256")
                        .asText());
            }
            assertEquals(1, hashes.size(), optimizer + ": " + hashes);
        }
    }

    @Test
    void eachTaskRunsOnTheDeviceOfItsAddress() throws IOException, InterruptedException {
        RealData.assumeEngine("opencl");
        Path work = java.nio.file.Files.createDirectories(folder.resolve("cluster-opencl"));
        try (StandaloneCluster cluster = new StandaloneCluster(work, 2)) {
            List<String> arguments = new ArrayList<>(List.of(
                    "--master",
                    cluster.url(),
                    "--engine",
                    "opencl",
                    "--optimizer",
                    "lbfgs",
                    "--max-iter",
                    "10",
                    "--spark-conf",
                    "spark.executorEnv.POCL_DEVICES=pthread pthread"));
            arguments.addAll(GPU_RESOURCES);
            JsonNode onCluster = train("opencl-standalone", arguments);
            assertEquals(
                    Set.of("0", "1"),
                    addresses(onCluster),
                    onCluster.path("engine").toString());
            JsonNode local = train("opencl-local", "local[2]", "opencl", "--optimizer", "lbfgs", "--max-iter", "10");
            assertEquals(
                    Set.of("0", "1"), addresses(local), local.path("engine").toString());
            assertEquals(
                    onCluster.path("coefficientsSha256").asText(),
                    local.path("coefficientsSha256").asText());
        }
    }

    private static Set<String> addresses(JsonNode summary) {
        Set<String> addresses = new TreeSet<>();
        for (JsonNode worker : summary.path("engine").path("workers")) {
            assertTrue(worker.path("launches").asLong() > 0);
            addresses.add(worker.path("address").asText());
        }
        return addresses;
    }
}
