package org.sparkgrad.job.ml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.TestSpark;

/**
 * The suite {@code memory} of scripts/benchmark.sh: what training takes of an executor's memory beyond what the executor
 * itself does.
 */
public final class MemorySuite {
    private static final int ROWS = 1_200_000;
    private static final int FEATURES = 100;
    private static final double MIB = 1 << 20;
    private static final StructType SCHEMA =
            new StructType().add("label", "double").add("features", SQLDataTypes.VectorType());

    private MemorySuite() {}

    /** Takes --json. */
    public static void main(String[] arguments) throws IOException {
        SparkSession session = TestSpark.cluster(
                "local-cluster[1,2,2048]", Map.of("spark.executor.memory", "1536m", TestSpark.EXECUTOR_OPTIONS, ""));
        List<String> lines = new ArrayList<>();
        try {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            double idle = peak(spark);
            new GpuLogisticRegression().setEngine("cpu").setRegParam(1e-4).fit(rows(session));
            lines.add(line("blocks", (double) ROWS * FEATURES * Float.BYTES));
            lines.add(line("idle", idle));
            lines.add(line("peakLessIdle", peak(spark) - idle));
        } finally {
            session.stop();
        }
        int json = List.of(arguments).indexOf("--json");
        if (json >= 0) {
            Files.writeString(Path.of(arguments[json + 1]), "[\n  " + String.join(",\n  ", lines) + "\n]\n");
        }
    }

    private static String line(String metric, double bytes) {
        double value = bytes / MIB;
        System.out.printf(Locale.ROOT, "%-16s %8.0f MiB%n", metric, value);
        return String.format(
                Locale.ROOT,
                "{\"suite\": \"memory\", \"case\": \"dense-%dx%d-local-cluster\", \"system\": \"cpu\", \"metric\": \"%s\","
                        + " \"unit\": \"MiB\", \"median\": %.6g, \"min\": %.6g, \"max\": %.6g, \"runs\": 1}",
                ROWS,
                FEATURES,
                metric,
                value,
                value,
                value);
    }

    private static Dataset<Row> rows(SparkSession session) {
        return session.range(0, ROWS, 1, 8)
                .as(Encoders.LONG())
                .map((MapFunction<Long, Row>) MemorySuite::row, Encoders.row(SCHEMA));
    }

    private static Row row(long number) {
        double[] features = new SplittableRandom(number)
                .doubles(FEATURES)
                .map(u -> (float) u)
                .toArray();
        return RowFactory.create(
                features[0] + features[1] > features[2] + features[3] ? 1.0 : 0.0, Vectors.dense(features));
    }

    /** Returns the most bytes of memory that the executor had so far. */
    private static long peak(JavaSparkContext spark) {
        return spark.parallelize(List.of(0), 1).map(none -> residentPeak()).first();
    }

    private static long residentPeak() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
