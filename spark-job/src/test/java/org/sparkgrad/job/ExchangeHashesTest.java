package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.run.Trainer;

/** One configuration, any number of workers, every kind of master and both exchanges: one hash. */
class ExchangeHashesTest {
    private static final int ROWS = 900;
    private static final int FEATURES = 12;

    private static final List<String> LBFGS =
            List.of("--max-iter", "8", "--validation-fraction", "0.2", "--patience", "3");
    private static final List<String> ADAM = List.of("--optimizer", "adam", "--batch-size", "128", "--epochs", "2");

    @TempDir
    Path folder;

    /** A line that says label and features, in LIBSVM's way: two thirds of the values are 0. */
    @BeforeEach
    void writeData() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            StringBuilder line = new StringBuilder();
            double score = random.nextGaussian();
            for (int j = 1; j <= FEATURES; j++) {
                if (random.nextInt(3) == 0) {
                    double x = random.nextGaussian();
                    score += x * (j % 3 - 1);
                    line.append(' ').append(j).append(':').append(x);
                }
            }
            lines.add((score > 0 ? 1 : 0) + line.toString());
        }
        Files.write(folder.resolve("data.libsvm"), lines);
    }

    private String train(SparkSession session, String exchange, String dense, List<String> optimizer) {
        List<String> arguments = new ArrayList<>(List.of(
                "--data",
                folder.resolve("data.libsvm").toString(),
                "--output",
                folder.resolve("out").toString(),
                "--overwrite",
                "--engine",
                "cpu",
                "--shards",
                "8",
                "--exchange",
                exchange,
                "--dense",
                dense));
        arguments.addAll(optimizer);
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        return Trainer.train(session, configuration.settings(), configuration.config(), Progress.SILENT)
                .coefficientsSha256();
    }

    private void trainAll(SparkSession session, String master, Map<String, Map<String, String>> hashes) {
        for (String exchange : List.of("stage", "job")) {
            for (String dense : List.of("true", "false")) {
                for (List<String> optimizer : List.of(LBFGS, ADAM)) {
                    hashes.computeIfAbsent("dense " + dense + " " + optimizer, none -> new TreeMap<>())
                            .put(master + " " + exchange, train(session, exchange, dense, optimizer));
                }
            }
        }
    }

    @Test
    void aConfigurationHasOneHash() throws IOException, InterruptedException {
        Map<String, Map<String, String>> hashes = new TreeMap<>();
        for (int workers : new int[] {1, 2, 4, 8}) {
            String master = "local[" + workers + "]";
            trainAll(TestSpark.session(master), master, hashes);
        }
        String local = "local-cluster[2,1,1024]";
        SparkSession session = TestSpark.cluster(local, Map.of());
        trainAll(session, local, hashes);
        session.stop();
        Path files = Files.createDirectories(folder.resolve("cluster"));
        try (LoopbackCluster cluster = new LoopbackCluster(files, 2, Map.of())) {
            session = TestSpark.cluster(cluster.url(), Map.of());
            trainAll(session, "standalone", hashes);
            session.stop();
        }
        assertEquals(4, hashes.size());
        hashes.forEach((configuration, found) ->
                assertEquals(1, new TreeSet<>(found.values()).size(), () -> configuration + ": " + found));
        assertEquals(
                4,
                hashes.values().stream()
                        .flatMap(found -> found.values().stream())
                        .distinct()
                        .count());
    }
}
