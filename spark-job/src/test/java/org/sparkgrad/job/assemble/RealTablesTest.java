package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;

/** The tables of textbooks, with their traps. */
class RealTablesTest {
    @Test
    void irisHasATextLabel() {
        DataSettings settings = TestSettings.csv(false, RealData.folder("iris").resolve("iris.csv"));
        assertTable(settings, 150, 4, List.of("Iris-setosa", "Iris-versicolor", "Iris-virginica"), 50, 50, 50);
    }

    @Test
    void wineHasLabelsFromOne() {
        DataSettings settings = TestSettings.csv(false, RealData.folder("wine").resolve("wine.csv"));
        assertTable(settings, 178, 13, List.of("1", "2", "3"), 59, 71, 48);
    }

    @Test
    void wdbcHasAnIdAndItsLabelInFront() {
        Path file = RealData.folder("wdbc").resolve("wdbc.data");
        DataSettings settings = TestSettings.columns(TestSettings.csv(false, file), "1", List.of(), List.of("0"), null);
        assertTable(settings, 569, 30, List.of("B", "M"), 357, 212);
    }

    @Test
    void higgsHasTabsAndItsLabelInFront() {
        Path file = RealData.folder("higgs-lightgbm").resolve("binary.train");
        DataSettings settings =
                TestSettings.columns(TestSettings.csv(false, "\\t", file), "0", List.of(), List.of(), null);
        assertTable(settings, 7000, 28, List.of("0", "1"), 3284, 3716);
    }

    @Test
    void adultHasTextAmongItsFeatures() {
        DataSettings settings = TestSettings.csv(false, RealData.folder("adult").resolve("adult-train.csv"));
        assertTable(settings, 32561, 108, List.of("<=50K", ">50K"), 24720, 7841);
    }

    @Test
    void criteoHasBlanksAndVeryManyTexts() {
        DataSettings file =
                TestSettings.csv(true, RealData.folder("criteo-tiny").resolve("train.tiny.csv"));
        DataSettings columns = TestSettings.columns(file, "Label", List.of(), List.of("Id"), null);
        DataSettings settings = TestSettings.prepared(columns, Missing.MEAN, 1024);
        assertTable(settings, 1999, 13 + 1024, List.of("0", "1"), 1581, 418);
    }

    @Test
    void titanicHasQuotesAndMissingCells() {
        DataSettings settings = TestSettings.columns(
                TestSettings.csv(true, RealData.folder("titanic").resolve("titanic.csv")),
                "Survived",
                List.of("Pclass", "Fare", "SibSp"),
                List.of(),
                null);
        assertTable(settings, 891, 3, List.of("0", "1"), 549, 342);
        DataSettings age = TestSettings.columns(settings, "Survived", List.of("Age"), List.of(), null);
        Dataset<Row> table = read(age);
        Assembly assembly = Assembly.of(table, age);
        assertDataProblem(() -> assembly.batches(table).collect(), "no number in column Age");
    }

    private static void assertTable(
            DataSettings settings, int rows, int features, List<String> labels, long... counts) {
        Dataset<Row> table = read(settings);
        Assembly assembly = Assembly.of(table, settings);
        assertEquals(rows, assembly.rows());
        assertEquals(features, assembly.features());
        assertEquals(labels, assembly.labels());
        Map<Integer, Long> found = Instances.of(assembly, table).stream()
                .collect(Collectors.groupingBy(Instance::label, Collectors.counting()));
        for (int label = 0; label < counts.length; label++) {
            assertEquals(counts[label], found.get(label));
        }
    }

    private static Dataset<Row> read(DataSettings settings) {
        return TableReader.read(TestSpark.session("local[2]"), settings).rows();
    }
}
