package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

/** Stock Spark's stages make, to the bit, the vectors that were trained on. */
class FeatureStagesTest {
    private static final String TRAINING = """
            a.b,code,c`d,n,text,y
            1,07,red,0.1,x,cat
            -2,7,gr een,,y'q,dog
            ,07,red,0.7,x,dog
            4,11,,-3,,dog
            5,11,b`lue,NaN,"z,""w",dog
            """;

    private static final String UNSEEN = """
            a.b,code,c`d,n,text
            ,7,nobody,,y'q
            1,999,,2,nobody
            3,07,gr een,4,x
            """;

    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @Test
    void oneHotTextAndMeans() throws IOException {
        assertSameVectors(Missing.MEAN, null, 3);
    }

    @Test
    void hashedTextAndMeans() throws IOException {
        assertSameVectors(Missing.MEAN, 8, 3);
        assertSameVectors(Missing.MEAN, 1 << 18, 3);
    }

    @Test
    void rowsLeftOut() throws IOException {
        assertSameVectors(Missing.DROP, null, 2);
        assertSameVectors(Missing.DROP, 4, 2);
    }

    private void assertSameVectors(Missing missing, @Nullable Integer hash, int unseenRows) throws IOException {
        DataSettings settings = TestSettings.prepared(csv(TRAINING), missing, hash, "code");
        Dataset<Row> table = TableReader.read(spark, settings).rows();
        Assembly assembly = Assembly.of(table, settings);
        String path = Files.createTempDirectory(folder, "m").resolve("model").toString();
        ((MLWritable) assembly.pipeline(model(assembly.features()))).save(path);
        PipelineModel loaded = PipelineModel.load(path);
        for (Transformer stage : loaded.stages()) {
            assertTrue(stage.getClass().getName().startsWith("org.apache.spark.ml."));
        }
        Map<Long, Vector> trained = new TreeMap<>();
        Instances.of(assembly, table).forEach(row -> trained.put(row.rowNumber(), row.features()));
        assertEquals(trained, scored(loaded, table));

        DataSettings unseen = csv(UNSEEN);
        Map<Long, Vector> scored = scored(
                loaded, TableReader.read(spark, unseen, assembly.expected()).rows());
        assertEquals(unseenRows, scored.size());
        String labelled = UNSEEN.replace("\n", ",cat\n").replaceFirst(",cat", ",y");
        DataSettings again = csv(labelled);
        Map<Long, Vector> read = new TreeMap<>();
        Instances.of(
                        assembly,
                        TableReader.read(spark, again, assembly.expected()).rows())
                .forEach(row -> read.put(row.rowNumber(), row.features()));
        assertEquals(read, scored);
    }

    private static Map<Long, Vector> scored(PipelineModel model, Dataset<Row> table) {
        Map<Long, Vector> vectors = new TreeMap<>();
        for (Row row :
                model.transform(table).select(Table.ROW_NUMBER, "features").collectAsList()) {
            vectors.put(row.getLong(0), row.getAs(1));
        }
        return vectors;
    }

    private static LogisticRegressionModel model(int features) {
        return new LogisticRegressionModel(
                "test", new DenseMatrix(1, features, new double[features], true), Vectors.dense(0), 2, false);
    }

    private DataSettings csv(String text) throws IOException {
        return TestSettings.csv(true, Files.writeString(Files.createTempFile(folder, "t", ".csv"), text));
    }
}
