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
import org.sparkgrad.job.read.TableReader;

class LabelFitTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @Test
    void textGoesByFrequencyThenName() {
        LabelIndex index = fit("string", "b", "a", "c", "c", "b", "a", "d", "c");
        assertEquals(List.of("c", "a", "b", "d"), index.labels());
        assertEquals(0, index.indexOf("c"));
        assertEquals(3, index.indexOf("d"));
        assertEquals(-1, index.indexOf("e"));
        assertEquals(-1, index.indexOf(null));
        assertFalse(index.isIdentity());
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
    void aGapIsNamed() {
        assertDataProblem(() -> fit("bigint", 0L, 1L, 3L), "0, 1, 3", "2 is missing");
        assertDataProblem(() -> fit("bigint", 1L, 2L, 4L), "3 is missing");
        assertDataProblem(() -> fit("bigint", 2L, 3L), "0 is missing");
        assertDataProblem(() -> fit("bigint", -1L, 0L, 1L), "-1 is below 0");
    }

    @Test
    void otherLabelsAreRefused() {
        assertDataProblem(() -> fit("bigint", 4L, 4L), "All 2 rows", "label 4", "column y");
        assertDataProblem(() -> fit("string", "cat"), "label cat");
        assertDataProblem(() -> fit("double", 0.0, 1.0, 0.25), "0.25 in row 2");
        assertDataProblem(() -> fit("double", 0.0, Double.POSITIVE_INFINITY), "row 1");
        assertDataProblem(() -> fit("double", 0.0, Double.NaN, 1.0), "Row 1 has no label");
        assertDataProblem(() -> fit("string", "a", "b", "", ""), "Row 2 has no label", "2 such rows");
        assertDataProblem(() -> fit("string", "a", "", "b"), "Row 1 has no label");
        assertDataProblem(() -> fit("boolean", true, false), "boolean");
        Dataset<Row> measured =
                spark.range(100_001).selectExpr("id / 7.0 AS y").withColumn(TableReader.ROW_NUMBER, lit(0L));
        assertDataProblem(() -> LabelFit.of(measured, "y", lit(1L)), "100000", "y");
    }

    private LabelIndex fit(String type, Object... labels) {
        StructType schema = new StructType().add("y", type).add(TableReader.ROW_NUMBER, "bigint");
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < labels.length; row++) {
            rows.add(RowFactory.create(labels[row], (long) row));
        }
        LabelFit fit = LabelFit.of(spark.createDataFrame(rows, schema), "y", lit(3L));
        assertEquals(labels.length, fit.rows());
        return fit.index();
    }
}
