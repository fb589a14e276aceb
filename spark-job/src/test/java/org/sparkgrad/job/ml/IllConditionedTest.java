package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;

/** Data on which methods that are right on paper go wrong; MLlib's objective is the measure. */
class IllConditionedTest {
    private static final StructType SCHEMA =
            new StructType().add("label", "double").add("features", SQLDataTypes.VectorType());
    private static final double REG_PARAM = 1e-3;
    private static final int ROWS = 600;

    private final SparkSession spark = TestSpark.session("local[2]");
    private final SplittableRandom random = new SplittableRandom(5);

    /** Makes a column j out of unit normal numbers of its row. */
    private interface Column {
        double of(double[] units, int j);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 0", "true, 0.5", "false, 0.5"})
    void columnsFarFromZero(boolean standardization, double elasticNetParam) {
        compare(rows(6, 2, (units, j) -> 1e6 + units[j]), standardization, elasticNetParam);
    }

    @ParameterizedTest
    @CsvSource({"true, 0, 2", "false, 0, 2", "true, 0, 4", "false, 0, 4", "true, 0.5, 2"})
    void scalesFarApart(boolean standardization, double elasticNetParam, int classes) {
        compare(rows(7, classes, (units, j) -> units[j] * Math.pow(10, 2.0 * j - 6)), standardization, elasticNetParam);
    }

    @ParameterizedTest
    @CsvSource({"true, 2", "false, 2", "true, 3"})
    void collinearAndConstantColumns(boolean standardization, int classes) {
        compare(
                rows(8, classes, (units, j) -> j == 7 ? 42 : j >= 4 ? units[j - 4] * (j - 2) + j : units[j]),
                standardization,
                0);
    }

    @ParameterizedTest
    @CsvSource({"float", "double"})
    void collinearColumnsWithoutPenalty(String precision) {
        List<Row> rows = rows(8, 2, (units, j) -> j == 7 ? 42 : j >= 4 ? units[j - 4] * (j - 2) + j : units[j]);
        LogisticRegression mllib = new LogisticRegression().setMaxIter(300).setTol(1e-9);
        double theirs = objective(rows, mllib.fit(dataset(rows)), 0, 0, true);
        GpuLogisticRegression estimator = ours(precision);
        estimator.setMaxIter(300).setTol(1e-9);
        double found = objective(rows, estimator.fit(dataset(rows)), 0, 0, true);
        assertTrue(found <= theirs * (1 + 1e-5), found + " against " + theirs);
    }

    /** Without a penalty there is no optimum: coefficients grow until the objective is as good as 0, or steps run out. */
    @ParameterizedTest
    @CsvSource({"float, 2", "double, 2", "float, 3", "double, 3"})
    void separableClasses(String precision, int classes) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            int label = i % classes;
            rows.add(RowFactory.create(
                    (double) label, Vectors.dense(10 * label + random.nextDouble(), random.nextGaussian())));
        }
        GpuLogisticRegression estimator = ours(precision);
        estimator.setMaxIter(500).setTol(1e-9);
        LogisticRegressionModel model = estimator.fit(dataset(rows));
        double[] history = model.summary().objectiveHistory();
        assertTrue(Arrays.stream(history).allMatch(Double::isFinite));
        assertTrue(Arrays.stream(model.coefficientMatrix().toArray()).allMatch(Double::isFinite));
        assertTrue(history[history.length - 1] < 1e-3, "stopped at " + history[history.length - 1]);
        assertTrue(model.summary().totalIterations() < 500);
        assertEquals(1, model.summary().accuracy());
    }

    @Test
    void aThousandClasses() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            int label = i % 1000;
            double[] x = IntStream.range(0, 10)
                    .mapToDouble(j -> (label >> j & 1) + random.nextGaussian())
                    .toArray();
            rows.add(RowFactory.create((double) label, Vectors.dense(x)));
        }
        compare(rows, true, 0);
    }

    @Test
    void moreFeaturesThanRows() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            double[] x = IntStream.range(0, 12_288)
                    .mapToDouble(j -> random.nextInt(256) / 255.0)
                    .toArray();
            rows.add(RowFactory.create((double) (i % 2), Vectors.dense(x)));
        }
        compare(rows, true, 0);
        compare(rows, false, 0);
    }

    /** MLlib would take minutes: the optimum is where the gradient, measured here, is 0. */
    @ParameterizedTest
    @CsvSource({"float, 1e-5", "double, 1e-7"})
    void aMillionFeatures(String precision, double largest) {
        int features = 1_000_000;
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int[] indices = random.ints(40, 0, features)
                    .map(j -> random.nextBoolean() ? j % 1000 : j)
                    .distinct()
                    .sorted()
                    .toArray();
            double score = Arrays.stream(indices).map(j -> j % 3 - 1).sum();
            double[] ones = new double[indices.length];
            Arrays.fill(ones, 1);
            rows.add(RowFactory.create(
                    score + random.nextGaussian() > 0 ? 1.0 : 0.0, Vectors.sparse(features, indices, ones)));
        }
        GpuLogisticRegression estimator = ours(precision);
        estimator.setRegParam(0.01).setStandardization(false).setMaxIter(200).setTol(1e-10);
        LogisticRegressionModel model = estimator.fit(dataset(rows));
        double[] gradient = model.coefficients().toArray().clone();
        for (int j = 0; j < features; j++) {
            gradient[j] *= 0.01;
        }
        for (Row row : rows) {
            double p = 1 / (1 + Math.exp(-margin(model, row.getAs(1), 0)));
            for (int j : row.<SparseVector>getAs(1).indices()) {
                gradient[j] += (p - row.getDouble(0)) / rows.size();
            }
        }
        double most = Arrays.stream(gradient).map(Math::abs).max().orElseThrow();
        assertTrue(most <= largest, "gradient " + most);
    }

    private void compare(List<Row> rows, boolean standardization, double elasticNetParam) {
        Dataset<Row> dataset = dataset(rows).cache();
        double theirs = objective(
                rows,
                set(new LogisticRegression(), standardization, elasticNetParam).fit(dataset),
                REG_PARAM,
                elasticNetParam,
                standardization);
        for (String precision : new String[] {"double", "float"}) {
            double found = objective(
                    rows,
                    set(ours(precision), standardization, elasticNetParam).fit(dataset),
                    REG_PARAM,
                    elasticNetParam,
                    standardization);
            double tolerance = precision.equals("double") ? 1e-6 : 1e-4;
            assertTrue(found <= theirs * (1 + tolerance), precision + ": " + found + ", MLlib's " + theirs);
        }
        dataset.unpersist();
    }

    private static <T extends LogisticRegression> T set(T estimator, boolean standardization, double elasticNetParam) {
        estimator
                .setRegParam(REG_PARAM)
                .setElasticNetParam(elasticNetParam)
                .setStandardization(standardization)
                .setTol(1e-10)
                .setMaxIter(300);
        return estimator;
    }

    private static GpuLogisticRegression ours(String precision) {
        return new GpuLogisticRegression().setEngine("cpu").setPrecision(precision);
    }

    private Dataset<Row> dataset(List<Row> rows) {
        return spark.createDataFrame(rows, SCHEMA);
    }

    /** Labels follow the first units, with noise, so that no penalty would do, too. */
    private List<Row> rows(int features, int classes, Column column) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double[] units = IntStream.range(0, features)
                    .mapToDouble(j -> random.nextGaussian())
                    .toArray();
            double score = units[0] - units[1] + units[2] / 2 + random.nextGaussian();
            int label = Math.max(0, Math.min(classes - 1, (int) Math.floor((score / 6 + 0.5) * classes)));
            double[] x = IntStream.range(0, features)
                    .mapToDouble(j -> column.of(units, j))
                    .toArray();
            rows.add(RowFactory.create((double) label, Vectors.dense(x)));
        }
        return rows;
    }

    private static double margin(LogisticRegressionModel model, Vector x, int output) {
        double margin = model.interceptVector().apply(output);
        Matrix matrix = model.coefficientMatrix();
        for (int e = 0; e < x.numActives(); e++) {
            int j = x instanceof SparseVector sparse ? sparse.indices()[e] : e;
            margin += matrix.apply(output, j) * x.apply(j);
        }
        return margin;
    }

    /** MLlib's objective in plain double loops. */
    private static double objective(
            List<Row> rows,
            LogisticRegressionModel model,
            double regParam,
            double elasticNetParam,
            boolean standardization) {
        int outputs = model.coefficientMatrix().numRows();
        int features = model.numFeatures();
        double loss = 0;
        double[] mean = new double[features];
        for (Row row : rows) {
            Vector x = row.getAs(1);
            double[] margins = IntStream.range(0, outputs)
                    .mapToDouble(k -> margin(model, x, k))
                    .toArray();
            loss += loss(margins, (int) row.getDouble(0)) / rows.size();
            for (int j = 0; j < features; j++) {
                mean[j] += x.apply(j) / rows.size();
            }
        }
        double penalty = 0;
        double[] squares = new double[features];
        for (Row row : rows) {
            for (int j = 0; j < features; j++) {
                double delta = row.<Vector>getAs(1).apply(j) - mean[j];
                squares[j] += delta * delta;
            }
        }
        for (int j = 0; j < features; j++) {
            double scale = standardization ? Math.sqrt(squares[j] / (rows.size() - 1)) : 1;
            for (int k = 0; k < outputs; k++) {
                double w = model.coefficientMatrix().apply(k, j) * scale;
                penalty += (1 - elasticNetParam) / 2 * w * w + elasticNetParam * Math.abs(w);
            }
        }
        return loss + regParam * penalty;
    }

    private static double loss(double[] margins, int label) {
        if (margins.length == 1) {
            double towards = label == 1 ? -margins[0] : margins[0];
            return Math.max(towards, 0) + Math.log1p(Math.exp(-Math.abs(towards)));
        }
        double most = Arrays.stream(margins).max().orElseThrow();
        return Math.log(Arrays.stream(margins).map(z -> Math.exp(z - most)).sum()) + most - margins[label];
    }
}
