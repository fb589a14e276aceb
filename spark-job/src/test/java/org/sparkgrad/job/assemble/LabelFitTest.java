package org.sparkgrad.job.assemble;

import static org.apache.spark.sql.functions.lit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.LabelSettings;
import org.sparkgrad.job.read.Table;

class LabelFitTest {
    private static final Features FEATURES = new ColumnFeatures(List.of(new NumberColumn("x", null)), false);

    private final SparkSession spark = TestSpark.session("local[2]");

    @Test
    void textGoesByNameWhateverTheCounts() {
        LabelIndex index = fit("string", "b", "a", "c", "c", "b", "a", "d", "c");
        assertEquals(List.of("a", "b", "c", "d"), index.labels());
        assertEquals(0, index.indexOf("a"));
        assertEquals(3, index.indexOf("d"));
        assertEquals(-1, index.indexOf("e"));
        assertEquals(-1, index.indexOf(null));
        assertFalse(index.isIdentity());
        assertEquals(List.of("10", "9"), fit("string", "9", "10", "9").labels());
        assertEquals(List.of("no", "yes"), fit("string", "yes", "no").labels());
        assertEquals(List.of("no", "yes"), fit("string", "no", "yes", "yes").labels());
    }

    @Test
    void numbersKeepTheirOrder() {
        LabelIndex two = fit("bigint", 1L, 0L, 1L, 1L);
        assertEquals(List.of("0", "1"), two.labels());
        assertTrue(two.isIdentity());
        LabelIndex fromOne = fit("double", 3.0, 1.0, 2.0, 3.0);
        assertEquals(List.of("1", "2", "3"), fromOne.labels());
        assertEquals(List.of("1.0", "2.0", "3.0"), fromOne.texts());
        assertEquals(2, fromOne.indexOf(3L));
        assertEquals(2, fromOne.indexOf("3"));
        assertEquals(-1, fromOne.indexOf(1.5));
        assertFalse(fromOne.isIdentity());
        LabelIndex signs = fit("int", 1, -1, 1);
        assertEquals(List.of("-1", "1"), signs.labels());
        assertEquals(List.of("0", "1"), fit("double", 0.0, -0.0, 1.0).labels());
    }

    @Test
    void aThousandClassesAreFine() {
        Object[] values = LongStream.range(0, 1000).boxed().toArray();
        assertEquals(1000, fit("bigint", values).labels().size());
    }

    @Test
    void anyNumbersAreClasses() {
        assertEquals(List.of("2", "4"), fit("double", 4.0, 2.0).labels());
        LabelIndex scores = fit("bigint", 8L, 3L, 4L, 5L, 7L, 6L);
        assertEquals(List.of("3", "4", "5", "6", "7", "8"), scores.labels());
        LabelIndex glass = fit("int", 7, 6, 5, 3, 2, 1);
        assertEquals(List.of("1", "2", "3", "5", "6", "7"), glass.labels());
        LabelIndex halves = fit("double", 1.5, 0.5, 1.5);
        assertEquals(List.of("0.5", "1.5"), halves.labels());
        assertEquals(1, halves.indexOf("1.50"));
        assertEquals(List.of("-5", "1000000000000"), fit("double", 1e12, -5.0).labels());
        LabelIndex gap = fit("bigint", 0L, 2L, 1L, 4L);
        assertEquals(3, gap.indexOf(4.0));
        assertFalse(gap.isIdentity());
        LabelIndex close = fit("bigint", (1L << 60) + 1, 1L << 60);
        assertEquals(0, close.indexOf(1L << 60));
        assertEquals(1, close.indexOf((1L << 60) + 1));
    }

    @Test
    void booleansAreClasses() {
        LabelIndex index = fit("boolean", true, false, true);
        assertEquals(List.of("false", "true"), index.labels());
        assertEquals(1, index.indexOf(true));
        assertEquals(1, index.indexOf("true"));
    }

    @Test
    void thePositiveLabelAndEarlierOnesGoBeforeTheOrder() {
        LabelSettings no = new LabelSettings("no", false, List.of());
        assertEquals(List.of("yes", "no"), fit(no, "string", "yes", "no").labels());
        assertEquals(
                List.of("4", "2"),
                fit(new LabelSettings("2.0", false, List.of()), "int", 2, 4).labels());
        assertFalse(fit(new LabelSettings("0", false, List.of()), "int", 0, 1).isIdentity());
        LabelSettings earlier = new LabelSettings(null, false, List.of("c", "gone", "a"));
        assertEquals(
                List.of("c", "a", "b", "d"),
                fit(earlier, "string", "a", "b", "c", "d").labels());
        assertDataProblem(() -> fit(no, "string", "a", "b"), "are a, b: --positive-label no is none of them");
        assertDataProblem(() -> fit(no, "string", "a", "b", "no"), "a, b, no", "is for two labels");
    }

    @Test
    void otherLabelsAreRefused() {
        assertDataProblem(() -> fit("bigint", 4L, 4L), "All 2 rows", "label 4", "column y");
        assertDataProblem(() -> fit("string", "cat"), "label cat");
        assertDataProblem(() -> fit("double", 0.0, Double.POSITIVE_INFINITY), "row 1");
        assertDataProblem(() -> fit("double", 0.0, Double.NaN, 1.0), "Row 1 has no label");
        assertDataProblem(() -> fit("string", "a", "b", "", ""), "Row 2 has no label", "2 such rows");
        assertDataProblem(() -> fit("string", "a", "", "b"), "Row 1 has no label");
        assertDataProblem(() -> fit("date", java.sql.Date.valueOf("2020-01-01")), "date");
        Object[] fractions =
                LongStream.range(0, 303).mapToObj(i -> i % 101 + 0.5).toArray();
        assertDataProblem(() -> fit("double", fractions), "101 different values", "holds no classes");
        Object[] rare = LongStream.range(0, 11).mapToObj(i -> i + 0.5).toArray();
        assertDataProblem(() -> fit("double", rare), "11 different values", "holds no classes");
        Dataset<Row> measured = spark.range(100_001).selectExpr("id / 7.0 AS y").withColumn(Table.ROW_NUMBER, lit(0L));
        assertDataProblem(() -> LabelFit.of(measured, "y", FEATURES), "100000", "y");
    }

    private LabelIndex fit(String type, Object... labels) {
        return fit(LabelSettings.DEFAULT, type, labels);
    }

    private LabelIndex fit(LabelSettings settings, String type, Object... labels) {
        StructType schema = new StructType().add("y", type).add(Table.ROW_NUMBER, "bigint");
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            rows.add(RowFactory.create(labels[row], (long) row));
        }
        LabelFit fit = LabelFit.of(spark.createDataFrame(rows, schema), "y", FEATURES);
        assertEquals(labels.length, fit.rows());
        return fit.index(settings);
    }
}
