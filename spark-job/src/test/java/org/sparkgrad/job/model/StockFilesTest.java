package org.sparkgrad.job.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.FeatureHasher;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.OneHotEncoderModel;
import org.apache.spark.ml.feature.PCAModel;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Our writer leaves what Spark's writers leave. */
class StockFilesTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @Test
    void binomial() throws IOException {
        assertSameFiles(model(1, 3));
    }

    @Test
    void multinomialWithParameters() throws IOException {
        LogisticRegressionModel model = model(3, 5000);
        model.setFeaturesCol("f.1").setThresholds(new double[] {0.25, 0.5, 0.125});
        model.set(model.labelCol(), "species");
        assertSameFiles(model);
        LogisticRegressionModel loaded =
                LogisticRegressionModel.load(folder.resolve("ours").toString());
        assertEquals(model.coefficientMatrix(), loaded.coefficientMatrix());
        assertEquals(model.interceptVector(), loaded.interceptVector());
        assertEquals(3, loaded.numClasses());
        assertArrayEquals(model.getThresholds(), loaded.getThresholds());
        assertEquals(model.uid(), loaded.uid());
    }

    @Test
    void everyStage() throws IOException {
        Transformer[] stages = {
            new SQLTransformer().setStatement("SELECT *, `a.b` AS feature_0 FROM __THIS__"),
            new StringIndexerModel("levels", new String[][] {{"rot", "grün"}, {"", "x,\"y\"", "z"}})
                    .setInputCols(new String[] {"c", "t"})
                    .setOutputCols(new String[] {"level_c", "level_t"})
                    .setHandleInvalid("keep"),
            new OneHotEncoderModel("oneHot", new int[] {3, 4})
                    .setInputCols(new String[] {"level_c", "level_t"})
                    .setOutputCols(new String[] {"oneHot_c", "oneHot_t"}),
            new FeatureHasher()
                    .setInputCols(new String[] {"h"})
                    .setNumFeatures(4)
                    .setOutputCol("hashed"),
            new VectorAssembler()
                    .setInputCols(new String[] {"feature_0", "oneHot_c", "oneHot_t", "hashed"})
                    .setOutputCol("features"),
            new StringIndexerModel("labels", new String[] {"cat", "dog"})
                    .setInputCol("y")
                    .setOutputCol("labelIndex"),
            model(1, 10),
            new IndexToString().setInputCol("prediction").setOutputCol("p").setLabels(new String[] {"cat", "dog"}),
            model(1, 0),
            model(2, 1),
            new VectorAssembler()
        };
        assertSameFiles(new PipelineModel("pipeline", Arrays.asList(stages)));
        PipelineModel loaded = PipelineModel.load(folder.resolve("ours").toString());
        assertEquals(
                Stream.of(stages).map(Transformer::uid).toList(),
                Stream.of(loaded.stages()).map(Transformer::uid).toList());
        assertArrayEquals(
                ((StringIndexerModel) stages[1]).labelsArray(),
                ((StringIndexerModel) loaded.stages()[1]).labelsArray());
    }

    @Test
    void theSessionsSettingsOfParquet() throws IOException {
        spark.conf().set("spark.sql.parquet.compression.codec", "gzip");
        spark.conf().set("spark.sql.parquet.writeLegacyFormat", "true");
        try {
            assertSameFiles(model(2, 7));
        } finally {
            spark.conf().unset("spark.sql.parquet.compression.codec");
            spark.conf().unset("spark.sql.parquet.writeLegacyFormat");
        }
    }

    @Test
    void refusesAStageWhoseDataItDoesNotKnow() {
        PCAModel stage = new PCAModel("pca", DenseMatrix.zeros(2, 1), new DenseVector(new double[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> StockFiles.write(spark, stage, folder.resolve("ours").toString()));
    }

    @Test
    void namesAFolderThatCannotBeWritten() throws IOException {
        String path =
                Files.writeString(folder.resolve("file"), "").resolve("ours").toString();
        JobException refused = assertThrows(JobException.class, () -> StockFiles.write(spark, model(1, 1), path));
        assertEquals(ExitCode.RESOURCES, refused.exitCode());
        assertTrue(String.valueOf(refused.getMessage()).contains(path), String.valueOf(refused.getMessage()));
    }

    private void assertSameFiles(Transformer model) throws IOException {
        Path stock = folder.resolve("stock");
        Path ours = folder.resolve("ours");
        ((MLWritable) model).save(stock.toString());
        StockFiles.write(spark, model, ours.toString());
        Map<String, String> expected = files(stock);
        assertTrue(expected.size() > 4);
        assertEquals(expected, files(ours));
    }

    /**
     * Returns the contents by path. What differs between any two writes is left out: the random part of names, the
     * time in the metadata and so its checksum.
     */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name =
                        root.relativize(file).toString().replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "ID");
                String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                files.put(
                        name,
                        name.matches("(.*/)?metadata/\\.part-00000[^/]*\\.crc")
                                ? ""
                                : text.replaceFirst("\"timestamp\":\\d+,", "\"timestamp\":0,"));
            }
        }
        return files;
    }

    private static LogisticRegressionModel model(int outputs, int features) {
        SplittableRandom random = new SplittableRandom(1);
        return SparkModels.of(new Coefficients(
                outputs, features, random.doubles(outputs * (features + 1L)).toArray()));
    }
}
