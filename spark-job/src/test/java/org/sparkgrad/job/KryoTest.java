package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.run.Scoring;
import org.sparkgrad.job.run.Trainer;
import org.sparkgrad.job.spark.PersistedRdd;
import org.sparkgrad.job.spark.ShortJobs;

/** Whatever serializer the session has, and whatever it has registered: commands give what they give with Java's. */
class KryoTest {
    private static final int ROWS = 700;

    @TempDir
    Path folder;

    /** Something that Kryo cannot write. */
    private record Named(String name, int number) implements java.io.Serializable {}

    @BeforeEach
    void writeData() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> csv = new ArrayList<>(List.of("a,b,colour,label"));
        List<String> libsvm = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            boolean red = random.nextBoolean();
            String label = a - b + (red ? 1 : 0) + random.nextGaussian() > 0 ? "yes" : "no";
            csv.add("%s,%s,%s,%s".formatted(row % 10 == 0 ? "" : "" + a, b, red ? "red" : "\"blue, or so\"", label));
            libsvm.add("%d 1:%s %s".formatted(label.length() - 2, a, red ? "2:" + b : ""));
        }
        Files.write(folder.resolve("data.csv"), csv);
        Files.write(folder.resolve("data.libsvm"), libsvm);
    }

    private String train(SparkSession session, String data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--data",
                folder.resolve(data).toString(),
                "--output",
                folder.resolve("out").toString(),
                "--overwrite",
                "--engine",
                "cpu",
                "--shards",
                "8",
                "--validation-fraction",
                "0.2",
                "--patience",
                "3"));
        arguments.addAll(data.endsWith("csv") ? List.of("--header", "true") : List.of());
        arguments.addAll(data.endsWith("libsvm") ? List.of() : List.of("--missing", "mean"));
        arguments.addAll(List.of(more));
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        return Trainer.train(session, configuration.settings(), configuration.config(), Progress.SILENT)
                .coefficientsSha256();
    }

    private List<String> scoring(String data, String output) {
        List<String> arguments = new ArrayList<>(List.of(
                "--model",
                folder.resolve("out/model").toString(),
                "--data",
                folder.resolve(data).toString(),
                "--output",
                folder.resolve(output).toString(),
                "--overwrite"));
        arguments.addAll(data.endsWith("csv") ? List.of("--header", "true") : List.of());
        return arguments;
    }

    /** Returns what the commands say of each kind of file. */
    private Map<String, Object> run(SparkSession session) {
        Map<String, Object> said = new TreeMap<>();
        String parquet = folder.resolve("data.parquet").toString();
        session.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(folder.resolve("data.csv").toString())
                .write()
                .mode("overwrite")
                .parquet(parquet);
        said.put("csv", train(session, "data.csv", "--exchange", "stage"));
        said.put("libsvm", train(session, "data.libsvm", "--exchange", "stage"));
        said.put("parquet", train(session, "data.parquet", "--exchange", "job"));
        for (String data : List.of("data.csv", "data.parquet")) {
            said.put(
                    "evaluate " + data,
                    Scoring.evaluate(session, ScoreConfiguration.evaluate(scoring(data, "measured")), note -> {}));
            said.put(
                    "predict " + data,
                    Scoring.predict(session, ScoreConfiguration.predict(scoring(data, "scored")), note -> {}));
        }
        return said;
    }

    /** Spark's own reader of Parquet broadcasts what is not registered, so that Kryo takes any class here. */
    @Test
    void commandsSayWhatTheySayWithJavasSerializer() throws IOException {
        Map<String, Object> expected = run(TestSpark.session("local[2]"));
        for (String master : List.of("local[2]", "local-cluster[2,1,1024]")) {
            SparkSession session = TestSpark.cluster(master, TestSpark.lenientKryo());
            try {
                assertEquals(expected, run(session), master);
            } finally {
                session.stop();
            }
        }
    }

    @Test
    void elementsAreKeptOnDiskAndMergedInTasks() throws IOException {
        SparkSession session = TestSpark.cluster("local[2]", TestSpark.kryo());
        try {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            PersistedRdd<Named> kept = PersistedRdd.of(
                    spark.parallelize(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9), 9).map(n -> new Named("n", n)),
                    StorageLevel.DISK_ONLY());
            assertThrows(SparkException.class, () -> kept.rdd().collect(), "Kryo is on");
            for (int time = 0; time < 2; time++) {
                assertEquals(new Named("n", 9), ShortJobs.collect(kept.rdd()).get(8));
            }
            assertEquals(
                    new Named("sum", 45),
                    ShortJobs.treeAggregate(
                            kept.rdd(),
                            () -> new Named("sum", 0),
                            (sum, one) -> new Named("sum", sum.number() + one.number()),
                            (a, b) -> new Named("sum", a.number() + b.number())));
            assertEquals(
                    0,
                    ShortJobs.<Named, Integer>treeAggregate(
                            spark.emptyRDD(), () -> 0, (n, one) -> n + 1, Integer::sum));
            kept.drop();
            assertEquals(0, session.sparkContext().getPersistentRDDs().size());
        } finally {
            session.stop();
        }
    }
}
