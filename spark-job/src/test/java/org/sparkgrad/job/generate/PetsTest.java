package org.sparkgrad.job.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

class PetsTest {
    @TempDir
    private Path folder;

    @Test
    void theSameRowsOnAnyNumberOfCores() {
        Path one = folder.resolve("one");
        Path four = folder.resolve("four");
        Pets.write(TestSpark.session("local[1]"), 101, 42, one.toString(), false);
        Pets.write(TestSpark.session("local[4]"), 101, 42, four.toString(), false);
        List<Row> rows = rows(one);
        assertEquals(101, rows.size());
        assertEquals(rows, rows(four));
        Pets.write(TestSpark.session("local[4]"), 101, 43, one.toString(), true);
        assertNotEquals(rows, rows(one));
    }

    @Test
    void anExistingFolderIsRefused() {
        JobException problem = assertThrows(
                JobException.class, () -> Pets.write(TestSpark.session("local[2]"), 10, 1, folder.toString(), false));
        assertEquals(ExitCode.USAGE, problem.exitCode());
        assertTrue(String.valueOf(problem.getMessage()).contains("--overwrite"));
    }

    @Test
    void aFolderOfAnythingElseIsNeverReplaced() throws IOException {
        Path thesis = Files.writeString(folder.resolve("thesis.tex"), "years of work");
        assertThrows(
                JobException.class, () -> Pets.write(TestSpark.session("local[2]"), 3, 1, folder.toString(), true));
        assertEquals("years of work", Files.readString(thesis));
    }

    @Test
    void logisticRegressionIsRightMostOfTheTimeButNotAlways() {
        SparkSession spark = TestSpark.session("local[2]");
        Dataset<Row> table = Pets.table(spark, 4000, 7);
        assertArrayEquals(new String[] {"ear_shape", "weight_kg", "tail_length_cm", "species"}, table.columns());
        Dataset<Row> instances = new VectorAssembler()
                .setInputCols(new String[] {"ear_shape", "weight_kg", "tail_length_cm"})
                .setOutputCol("features")
                .transform(table.selectExpr("*", "CAST(species = 'dog' AS DOUBLE) AS label"));
        LogisticRegressionModel model = new LogisticRegression().fit(instances);
        double accuracy = model.summary().accuracy();
        assertTrue(accuracy > 0.9 && accuracy < 0.96, () -> "accuracy " + accuracy);
        long cats = table.filter("species = 'cat'").count();
        assertTrue(cats > 1850 && cats < 2150, () -> "cats " + cats);
    }

    private static List<Row> rows(Path folder) {
        return TableReader.read(TestSpark.session("local[2]"), TestSettings.csv(true, folder))
                .rows()
                .orderBy(Table.ROW_NUMBER)
                .collectAsList();
    }
}
