package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** What is known of a model without training one. */
class ClosedFormsTest {
    private static final int FEATURES = LearningProblem.FEATURES;
    private static final StructType SCHEMA =
            new StructType().add("label", "double").add("weight", "double").add("features", SQLDataTypes.VectorType());

    private final SparkSession spark = TestSpark.session("local[2]");

    private static LearningProblem problem(int classes, Penalty penalty, boolean standardization, boolean weights) {
        return new LearningProblem(classes, false, true, standardization, penalty, weights, false);
    }

    private LogisticRegressionModel fit(LearningProblem problem, List<Row> rows) {
        GpuLogisticRegression estimator = problem.set(new GpuLogisticRegression());
        estimator.setEngine("cpu").setPrecision("double");
        return estimator.fit(spark.createDataFrame(rows, SCHEMA));
    }

    private static double[] coefficients(LogisticRegressionModel model) {
        return model.coefficientMatrix().toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "lbfgs"})
    void aStrongL1PenaltyLeavesTheLogOdds(String optimizer) {
        List<Row> rows = problem(2, Penalty.NONE, true, false).rows();
        GpuLogisticRegression estimator = new GpuLogisticRegression()
                .setEngine("cpu")
                .setPrecision("double")
                .setOptimizer(optimizer);
        estimator.setRegParam(10).setElasticNetParam(1).setTol(1e-12);
        LogisticRegressionModel model = estimator.fit(spark.createDataFrame(rows, SCHEMA));
        assertArrayEquals(new double[FEATURES], model.coefficients().toArray(), 0);
        long ones = rows.stream().filter(row -> row.getDouble(0) == 1).count();
        assertEquals(Math.log(ones / (double) (rows.size() - ones)), model.intercept(), 1e-8);
    }

    /** Adding a number to a feature's coefficients of all classes changes no probability, and only a penalty settles it. */
    @ParameterizedTest
    @CsvSource({"NONE, auto", "NONE, lbfgs", "L2, auto", "L2, lbfgs"})
    void coefficientsOfAllClassesSumToZero(Penalty penalty, String optimizer) {
        LearningProblem problem = problem(3, penalty, true, true);
        GpuLogisticRegression estimator = problem.set(new GpuLogisticRegression());
        estimator.setEngine("cpu").setPrecision("double").setOptimizer(optimizer);
        LogisticRegressionModel model = estimator.fit(spark.createDataFrame(problem.rows(), SCHEMA));
        for (int j = 0; j < FEATURES; j++) {
            int feature = j;
            double sum = IntStream.range(0, 3)
                    .mapToDouble(k -> model.coefficientMatrix().apply(k, feature))
                    .sum();
            assertEquals(0, sum, 1e-8);
        }
        assertEquals(0, Arrays.stream(model.interceptVector().toArray()).sum(), 1e-8);
    }

    /** With standardization they are not: the sample deviation of n rows and of their doubles differ. */
    @ParameterizedTest
    @CsvSource({"2, L2", "2, ELASTIC", "3, L2", "3, L1"})
    void rowsTwiceAreRowsOfTwiceTheWeight(int classes, Penalty penalty) {
        LearningProblem problem = problem(classes, penalty, false, true);
        List<Row> twice = new ArrayList<>(problem.rows());
        twice.addAll(problem.rows());
        List<Row> heavier = problem.rows().stream()
                .map(row -> RowFactory.create(row.get(0), 2 * row.getDouble(1), row.get(2)))
                .toList();
        LogisticRegressionModel expected = fit(problem, heavier);
        LogisticRegressionModel found = fit(problem, twice);
        assertArrayEquals(coefficients(expected), coefficients(found), 1e-6);
        assertArrayEquals(
                expected.interceptVector().toArray(), found.interceptVector().toArray(), 1e-6);
    }

    /** Rows have no order here at all: not one bit changes. */
    @Test
    void rowsInAnotherOrderGiveTheSameBits() {
        LearningProblem problem = problem(3, Penalty.ELASTIC, true, true);
        List<Row> shuffled = new ArrayList<>(problem.rows());
        Collections.shuffle(shuffled, new Random(8));
        LogisticRegressionModel expected = fit(problem, problem.rows());
        LogisticRegressionModel found = fit(problem, shuffled);
        assertArrayEquals(coefficients(expected), coefficients(found));
        assertEquals(expected.interceptVector(), found.interceptVector());
    }

    @ParameterizedTest
    @CsvSource({"2, L2", "2, L1", "3, L2", "3, ELASTIC"})
    void columnsInAnotherOrderGiveTheirCoefficients(int classes, Penalty penalty) {
        LearningProblem problem = problem(classes, penalty, true, false);
        int[] from = {3, 0, 5, 1, 4, 2};
        List<Row> permuted = problem.rows().stream()
                .map(row -> {
                    Vector x = row.getAs(2);
                    double[] others = Arrays.stream(from).mapToDouble(x::apply).toArray();
                    return RowFactory.create(row.get(0), row.get(1), Vectors.dense(others));
                })
                .toList();
        LogisticRegressionModel expected = fit(problem, problem.rows());
        LogisticRegressionModel found = fit(problem, permuted);
        for (int k = 0; k < problem.outputs(); k++) {
            for (int j = 0; j < FEATURES; j++) {
                assertEquals(
                        expected.coefficientMatrix().apply(k, from[j]),
                        found.coefficientMatrix().apply(k, j),
                        1e-6);
            }
        }
        assertArrayEquals(
                expected.interceptVector().toArray(), found.interceptVector().toArray(), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({"L2", "ELASTIC"})
    void otherNumbersForTheClassesGiveTheirCoefficients(Penalty penalty) {
        LearningProblem problem = problem(3, penalty, true, true);
        int[] to = {2, 0, 1};
        LogisticRegressionModel expected = fit(problem, problem.rows());
        LogisticRegressionModel found = fit(problem, relabelled(problem, to));
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < FEATURES; j++) {
                assertEquals(
                        expected.coefficientMatrix().apply(k, j),
                        found.coefficientMatrix().apply(to[k], j),
                        1e-6);
            }
            assertEquals(
                    expected.interceptVector().apply(k), found.interceptVector().apply(to[k]), 1e-6);
        }
    }

    @ParameterizedTest
    @CsvSource({"L2", "L1"})
    void theOtherClassForOneGivesTheOppositeSigns(Penalty penalty) {
        LearningProblem problem = problem(2, penalty, true, true);
        LogisticRegressionModel expected = fit(problem, problem.rows());
        LogisticRegressionModel found = fit(problem, relabelled(problem, new int[] {1, 0}));
        for (int j = 0; j < FEATURES; j++) {
            assertEquals(-expected.coefficients().apply(j), found.coefficients().apply(j), 1e-6);
        }
        assertEquals(-expected.intercept(), found.intercept(), 1e-6);
    }

    private static List<Row> relabelled(LearningProblem problem, int[] to) {
        return problem.rows().stream()
                .map(row -> RowFactory.create((double) to[(int) row.getDouble(0)], row.get(1), row.get(2)))
                .toList();
    }
}
