package org.sparkgrad.job.ml;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** One cell of the product of what a regression may be, with its own objective in plain double loops. */
public record LearningProblem(
        int classes,
        Layout layout,
        boolean intercept,
        boolean standardization,
        Penalty penalty,
        boolean weights,
        boolean bounds) {
    /** Features that are not always 0. */
    static final int FEATURES = 6;

    /** So many that rows with few numbers are held sparse. */
    private static final int WIDE = 260;

    private static final int ROWS = 400;

    /** A feature with a mean some deviations from 0, where features are far, and zeros among its values. */
    private static final int NEAR = 3;

    /** A feature with a mean many deviations from 0, where features are far. */
    private static final int FAR = 4;

    /** A feature that never changes; MLlib makes its infinite bounds NaN, so those are finite here. */
    private static final int CONSTANT = 5;

    public enum Layout {
        /** Dense vectors. */
        DENSE,
        /** Sparse vectors, few columns. */
        SPARSE,
        /** Sparse vectors, many columns of which most are empty; some are far from 0. */
        WIDE_AND_FAR
    }

    public enum Penalty {
        NONE(0, 0),
        L2(0.02, 0),
        L1(0.01, 1),
        ELASTIC(0.02, 0.4);

        public final double regParam;
        final double elasticNetParam;

        Penalty(double regParam, double elasticNetParam) {
            this.regParam = regParam;
            this.elasticNetParam = elasticNetParam;
        }
    }

    /** A problem of few columns. */
    public LearningProblem(
            int classes,
            boolean sparse,
            boolean intercept,
            boolean standardization,
            Penalty penalty,
            boolean weights,
            boolean bounds) {
        this(classes, sparse ? Layout.SPARSE : Layout.DENSE, intercept, standardization, penalty, weights, bounds);
    }

    /** Returns all that MLlib allows. */
    static List<LearningProblem> all() {
        List<LearningProblem> all = new ArrayList<>();
        boolean[] both = {false, true};
        for (int classes : new int[] {2, 3, 10}) {
            for (Penalty penalty : Penalty.values()) {
                for (Layout layout : Layout.values()) {
                    for (int bits = 0; bits < 16; bits++) {
                        boolean[] flag = new boolean[4];
                        for (int i = 0; i < 4; i++) {
                            flag[i] = both[bits >> i & 1];
                        }
                        if (!flag[3] || penalty.elasticNetParam == 0) {
                            all.add(new LearningProblem(classes, layout, flag[0], flag[1], penalty, flag[2], flag[3]));
                        }
                    }
                }
            }
        }
        return all;
    }

    /** Returns what the problem has of each dimension. */
    List<Object> levels() {
        return List.of(classes, layout, intercept, standardization, penalty, weights, bounds);
    }

    int outputs() {
        return classes == 2 ? 1 : classes;
    }

    /** Without an intercept nothing takes the shift, here as in MLlib, and farther than this neither comes to the optimum. */
    private int farMean() {
        return intercept ? 100 : 10;
    }

    /** Whether intercepts have bounds: then, too, nothing takes the shift. */
    boolean holdsIntercepts() {
        return bounds && intercept && classes == 3 && layout != Layout.WIDE_AND_FAR;
    }

    /** Returns F. */
    int features() {
        return layout == Layout.WIDE_AND_FAR ? WIDE : FEATURES;
    }

    List<Row> rows() {
        boolean sparse = layout != Layout.DENSE;
        SplittableRandom random = new SplittableRandom(classes + (sparse ? 100 : 0));
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            double[] x = new double[features()];
            double score = 2 * random.nextGaussian();
            for (int j = 0; j < FEATURES; j++) {
                boolean zero = sparse && random.nextInt(3) != 0;
                double unit = zero ? 0 : random.nextGaussian();
                x[j] = j == CONSTANT ? 3 : unit * Math.pow(4, j % 3 - 1);
                if (layout == Layout.WIDE_AND_FAR) {
                    x[j] += j == FAR ? farMean() : j == NEAR && i % 9 != 0 ? 0.75 : 0;
                }
                score += unit * (j - 2);
            }
            int label = Math.max(0, Math.min(classes - 1, (int) Math.floor((score / 10 + 0.5) * classes)));
            double weight = weights ? i % 13 == 2 ? 0 : 0.5 + random.nextInt(3) : 1;
            Vector vector = Vectors.dense(x);
            rows.add(RowFactory.create((double) label, weight, sparse ? vector.toSparse() : vector));
        }
        return rows;
    }

    public Dataset<Row> dataset(SparkSession spark) {
        StructType schema = new StructType()
                .add("label", "double")
                .add("weight", "double")
                .add("features", SQLDataTypes.VectorType());
        return spark.createDataFrame(rows(), schema).repartition(2).cache();
    }

    /** Sets what the problem says, through MLlib's own setters. */
    public <T extends LogisticRegression> T set(T estimator) {
        estimator
                .setMaxIter(2000)
                .setTol(1e-11)
                .setRegParam(penalty.regParam)
                .setElasticNetParam(penalty.elasticNetParam)
                .setFitIntercept(intercept)
                .setStandardization(standardization);
        if (weights) {
            estimator.setWeightCol("weight");
        }
        if (bounds) {
            int outputs = outputs();
            int features = features();
            double[] lower = IntStream.range(0, outputs * features)
                    .mapToDouble(i -> lower(i / features, i % features))
                    .toArray();
            double[] upper = IntStream.range(0, outputs * features)
                    .mapToDouble(i -> upper(i / features, i % features))
                    .toArray();
            estimator.setLowerBoundsOnCoefficients(new DenseMatrix(outputs, features, lower, true));
            estimator.setUpperBoundsOnCoefficients(new DenseMatrix(outputs, features, upper, true));
            if (holdsIntercepts()) {
                estimator.setUpperBoundsOnIntercepts(Vectors.dense(0.1, 0.2, 0.3));
            }
        }
        return estimator;
    }

    /** Returns the least value of a coefficient of a problem with bounds. */
    double lower(int output, int feature) {
        boolean constant = feature >= CONSTANT;
        return constant ? -1 : (output + feature) % 2 == 0 ? -0.05 : Double.NEGATIVE_INFINITY;
    }

    /** Returns the largest value of a coefficient of a problem with bounds. */
    double upper(int output, int feature) {
        boolean constant = feature >= CONSTANT;
        return constant ? 1 : (output + feature) % 3 == 0 ? 0.1 : Double.POSITIVE_INFINITY;
    }

    /** Returns MLlib's objective at a model: mean weighted loss and penalty, intercepts free. */
    double objective(List<Row> rows, LogisticRegressionModel model) {
        double loss = 0;
        double weightSum = 0;
        for (Row row : rows) {
            double[] margins = new double[outputs()];
            Vector x = row.getAs(2);
            for (int k = 0; k < outputs(); k++) {
                margins[k] = model.interceptVector().apply(k);
                for (int j = 0; j < FEATURES; j++) {
                    margins[k] += model.coefficientMatrix().apply(k, j) * x.apply(j);
                }
            }
            loss += row.getDouble(1) * loss(margins, (int) row.getDouble(0));
            weightSum += row.getDouble(1);
        }
        double sum = 0;
        for (int j = 0; j < FEATURES; j++) {
            double scale = standardization ? deviation(rows, j) : 1;
            for (int k = 0; k < outputs(); k++) {
                double coefficient = model.coefficientMatrix().apply(k, j) * scale;
                sum += (1 - penalty.elasticNetParam) / 2 * coefficient * coefficient
                        + penalty.elasticNetParam * Math.abs(coefficient);
            }
        }
        return loss / weightSum + penalty.regParam * sum;
    }

    private static double loss(double[] margins, int label) {
        if (margins.length == 1) {
            double margin = label == 1 ? margins[0] : -margins[0];
            return margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
        }
        double most = java.util.Arrays.stream(margins).max().orElseThrow();
        double sum = java.util.Arrays.stream(margins)
                .map(margin -> Math.exp(margin - most))
                .sum();
        return Math.log(sum) + most - margins[label];
    }

    static double deviation(List<Row> rows, int feature) {
        double weightSum = 0;
        double squareSum = 0;
        double mean = 0;
        for (Row row : rows) {
            double weight = row.getDouble(1);
            weightSum += weight;
            squareSum += weight * weight;
            mean += weight * row.<Vector>getAs(2).apply(feature);
        }
        mean /= weightSum;
        double squares = 0;
        for (Row row : rows) {
            double delta = row.<Vector>getAs(2).apply(feature) - mean;
            squares += row.getDouble(1) * delta * delta;
        }
        return Math.sqrt(squares / (weightSum - squareSum / weightSum));
    }
}
