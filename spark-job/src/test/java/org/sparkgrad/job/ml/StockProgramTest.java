package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;

/** A program of MLlib's with only its import changed predicts the same, and stock Spark loads what it saves. */
class StockProgramTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @Test
    void onlyTheImportIsChanged() throws Exception {
        Dataset<Row> pets = pets().cache();
        String table = folder.resolve("pets").toString();
        pets.write().parquet(table);
        String theirs = folder.resolve("theirs").toString();
        String ours = folder.resolve("ours").toString();
        Map<String, List<Double>> expected = new StockProgram(LogisticRegression::new, pets, theirs).run();
        Map<String, List<Double>> actual = new StockProgram(GpuLogisticRegression::new, pets, ours).run();
        expected.forEach((name, predictions) -> {
            assertTrue(new HashSet<>(predictions).size() > 1, name);
            assertEquals(predictions, actual.get(name), name);
        });
        actual.put("whole/bestModel", List.copyOf(actual.get("validated")));
        assertEquals(texts(actual), inStockSpark(ours, table));
        pets.unpersist();
    }

    private static Map<String, String> texts(Map<String, List<Double>> predictions) {
        Map<String, String> texts = new LinkedHashMap<>();
        predictions.forEach((name, list) -> texts.put(name, list.toString()));
        return texts;
    }

    /** Runs the program's main in a JVM whose class path is Spark's jars and the program's class. */
    private Map<String, String> inStockSpark(String models, String table) throws IOException, InterruptedException {
        String program = StockProgram.class.getName().replace('.', '/') + ".class";
        Path classes = folder.resolve("classes");
        Files.createDirectories(classes.resolve(program).getParent());
        try (var source = StockProgram.class.getResourceAsStream("/" + program)) {
            Files.copy(Objects.requireNonNull(source), classes.resolve(program));
        }
        String jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(StockProgramTest::isSparks)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(List.of("-Xmx1g", "-cp", classes + File.pathSeparator + jars, StockProgram.class.getName()));
        command.addAll(List.of(models, table));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertTrue(ended && process.exitValue() == 0, Files.readString(err, StandardCharsets.UTF_8));
        Map<String, String> predictions = new LinkedHashMap<>();
        for (String line : Files.readAllLines(out)) {
            predictions.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        return predictions;
    }

    /** Whether it is a jar that a Spark without sparkgrad has; what it may have besides does no harm. */
    private static boolean isSparks(String path) {
        return path.endsWith(".jar")
                && List.of("sparkgrad", "gpu-kernels", "aparapi", "nd4j", "deeplearning4j", "bytedeco", "datavec")
                        .stream()
                        .noneMatch(path::contains);
    }

    private Dataset<Row> pets() {
        SplittableRandom random = new SplittableRandom(8);
        List<Row> rows = new ArrayList<>();
        String[] colours = {"black", "white", "red", "tabby"};
        for (int i = 0; i < 300; i++) {
            int kind = random.nextInt(3);
            int colour = random.nextInt(4);
            double weight = 4 + 5 * kind + 4 * random.nextGaussian();
            double height = 25 + 10 * (kind % 2) + 6 * random.nextGaussian();
            double tame = weight / 4 + colour + 2 * random.nextGaussian() > 4 ? 1 : 0;
            rows.add(RowFactory.create(i, (double) kind, tame, weight, height, colours[colour]));
        }
        return spark.createDataFrame(
                rows,
                new StructType()
                        .add("id", "int")
                        .add("kind", "double")
                        .add("tame", "double")
                        .add("weight", "double")
                        .add("height", "double")
                        .add("colour", "string"));
    }
}
