package org.sparkgrad.job.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.GenerateConfiguration;
import org.sparkgrad.job.config.GenerateSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

class InstancesTest {
    @TempDir
    private Path folder;

    @Test
    void theSameRowsOnAnyNumberOfCores() throws IOException {
        String sparse = "--kind sparse --rows 101 --features 1000 --nonzeros 7 --classes 3";
        List<String> rows = lines(write("local[1]", "one", sparse));
        assertEquals(101, rows.size());
        assertEquals(rows, lines(write("local[3]", "three", sparse)));
        assertNotEquals(rows, lines(write("local[3]", "other", sparse + " --seed 1")));
        for (String row : rows) {
            assertEquals(8, row.split(" ").length, row);
        }
        String dense = "--kind dense --rows 50 --features 3";
        List<String> one = lines(write("local[1]", "dense1", dense));
        List<String> three = lines(write("local[3]", "dense3", dense));
        assertEquals("x0,x1,x2,label", one.get(0));
        three.removeIf(one.get(0)::equals);
        assertEquals(one.subList(1, one.size()), three);
    }

    @Test
    void theFormatsHoldTheSameNumbers() throws IOException {
        String sparse = "--kind sparse --rows 40 --features 12 --nonzeros 5 --format ";
        SparkSession spark = TestSpark.session("local[2]");
        List<Row> parquet = spark.read()
                .parquet(write("local[2]", "p", sparse + "parquet").toString())
                .orderBy("label", "features")
                .collectAsList();
        List<Row> libsvm = spark.read()
                .format("libsvm")
                .option("numFeatures", 12)
                .load(write("local[2]", "l", sparse + "libsvm").toString())
                .orderBy("label", "features")
                .collectAsList();
        assertEquals(parquet, libsvm);
        Dataset<Row> csv = spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(write("local[2]", "c", sparse + "csv").toString());
        double sum = csv.collectAsList().stream()
                .mapToDouble(row -> IntStream.range(0, 12)
                        .mapToDouble(j -> ((Number) row.get(j)).doubleValue() * (j + 1))
                        .sum())
                .sum();
        double expected = parquet.stream()
                .map(row -> row.<Vector>getAs("features").toArray())
                .mapToDouble(x ->
                        IntStream.range(0, 12).mapToDouble(j -> x[j] * (j + 1)).sum())
                .sum();
        assertEquals(expected, sum, 1e-9);
    }

    @Test
    void classesOverlapAndCanBeLearned() {
        for (int classes : new int[] {2, 4}) {
            Path data = write("local[2]", "d" + classes, "--kind dense --rows 3000 --classes " + classes);
            Dataset<Row> table = TestSpark.session("local[2]")
                    .read()
                    .option("header", true)
                    .option("inferSchema", true)
                    .csv(data.toString());
            Dataset<Row> instances = new VectorAssembler()
                    .setInputCols(IntStream.range(0, 20).mapToObj(j -> "x" + j).toArray(String[]::new))
                    .setOutputCol("features")
                    .transform(table);
            double accuracy = new LogisticRegression().fit(instances).summary().accuracy();
            assertTrue(accuracy > 0.7 && accuracy < 0.95, () -> classes + " classes, accuracy " + accuracy);
            assertEquals(classes, table.select("label").distinct().count());
        }
    }

    @Test
    void optionsThatContradictAreAllTold() {
        JobException problem = assertThrows(
                JobException.class,
                () -> GenerateConfiguration.read(List.of("--kind", "dense", "--nonzeros", "5", "--classes", "1")));
        assertEquals(ExitCode.USAGE, problem.exitCode());
        for (String word : List.of("--nonzeros 5", "--classes 1", "--output")) {
            assertTrue(String.valueOf(problem.getMessage()).contains(word), problem.getMessage());
        }
        assertThrows(JobException.class, () -> settings("x", "--features 5"));
        assertThrows(JobException.class, () -> settings("x", "--kind sparse --features 5"));
        assertEquals(
                5_000_000_000L, settings("x", "--kind dense --rows 5000000000").rows());
    }

    private Path write(String master, String name, String options) {
        Instances.write(TestSpark.session(master), settings(folder.resolve(name).toString(), options));
        return folder.resolve(name);
    }

    private static GenerateSettings settings(String output, String options) {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--output", output));
        return GenerateConfiguration.read(arguments);
    }

    private static List<String> lines(Path table) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(table)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        return lines;
    }
}
