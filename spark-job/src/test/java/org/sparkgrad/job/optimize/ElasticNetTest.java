package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.VectorUDT;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;

/** L1 and elastic net: exact zeros, free intercepts, and MLlib's optimum. */
class ElasticNetTest {
    private static final int FEATURES = 6;

    /** Six features of about one scale, so that plain descent gets along. */
    private static List<Instance> data(int classes) {
        return TestData.instances(500, FEATURES, classes, 4).stream()
                .map(instance -> new Instance(
                        instance.rowNumber(),
                        instance.label(),
                        instance.weight(),
                        Vectors.dense(scaled(instance.features().toArray()))))
                .toList();
    }

    private static double[] scaled(double[] x) {
        for (int j = 0; j < x.length; j++) {
            x[j] = x[j] == 0 ? 0 : (x[j] - j) / Math.pow(10, j % 4 - 2);
        }
        return x;
    }

    private static OptimizerState fit(
            Method method, Loss loss, List<Instance> data, Regularization penalty, int limit) {
        Integer batchSize = method.isMiniBatch() ? data.size() : null;
        OptimizerSettings settings = new OptimizerSettings(
                method,
                0.1,
                ScheduleSettings.CONSTANT,
                batchSize,
                limit,
                limit,
                1e-12,
                null,
                Init.ZERO,
                null,
                ValidationSettings.NONE,
                1);
        try (EngineExchange exchange = new EngineExchange(loss, data)) {
            Objective objective = new Objective(exchange, penalty, true);
            Iterator<OptimizerState> states = PlainData.optimizer(settings, objective, loss, data.size(), FEATURES)
                    .states(Coefficients.zeros(loss.outputs(), FEATURES), (step, value) -> {});
            OptimizerState state = states.next();
            while (states.hasNext()) {
                state = states.next();
            }
            double smooth = objective.evaluate(state.coefficients()).smooth();
            double whole = objective.evaluate(state.coefficients()).objective();
            assertEquals(smooth + penalty.l1() * magnitudes(state.coefficients()), whole, 1e-14);
            return state;
        }
    }

    private static double magnitudes(Coefficients coefficients) {
        double sum = 0;
        for (int k = 0; k < coefficients.outputs(); k++) {
            for (int j = 0; j < FEATURES; j++) {
                sum += Math.abs(coefficients.coefficient(k, j));
            }
        }
        return sum;
    }

    private static long zeros(Coefficients coefficients) {
        return Arrays.stream(coefficients.values()).filter(w -> w == 0).count();
    }

    @ParameterizedTest
    @EnumSource(names = {"LBFGS", "GD", "SGD"})
    void strongL1LeavesTheLogOddsAlone(Method method) {
        List<Instance> data = data(2);
        Coefficients end = fit(method, new LogisticLoss(), data, new Regularization(10, 1), 5000)
                .coefficients();
        double positive = data.stream().mapToDouble(i -> i.label() * i.weight()).sum();
        double all = data.stream().mapToDouble(Instance::weight).sum();
        double[] expected = new double[FEATURES + 1];
        expected[FEATURES] = Math.log(positive / (all - positive));
        assertArrayEquals(expected, end.values(), 1e-4);
        assertEquals(FEATURES, zeros(end));
    }

    @ParameterizedTest
    @EnumSource(names = {"GD", "SGD"})
    void proximalStepsFindTheOptimumOfOwlqn(Method method) {
        Regularization penalty = new Regularization(0.05, 0.8);
        OptimizerState owlqn = fit(Method.LBFGS, new LogisticLoss(), data(2), penalty, 500);
        OptimizerState proximal = fit(method, new LogisticLoss(), data(2), penalty, 20_000);
        assertEquals(owlqn.objective(), proximal.objective(), 1e-8);
        assertArrayEquals(owlqn.coefficients().values(), proximal.coefficients().values(), 1e-3);
        assertTrue(zeros(owlqn.coefficients()) > 0);
        assertEquals(zeros(owlqn.coefficients()), zeros(proximal.coefficients()));
    }

    @ParameterizedTest
    @CsvSource({"2, 0.05, 1", "2, 0.05, 0.5", "2, 0.001, 0.2", "2, 0.1, 0", "3, 0.03, 1", "3, 0.02, 0.5"})
    void theOptimumIsMllibs(int classes, double regParam, double elasticNetParam) {
        List<Instance> data = data(classes);
        Loss loss = classes == 2 ? new LogisticLoss() : new SoftmaxLoss(classes);
        Regularization penalty = new Regularization(regParam, elasticNetParam);
        LogisticRegressionModel model = new LogisticRegression()
                .setRegParam(regParam)
                .setElasticNetParam(elasticNetParam)
                .setStandardization(false)
                .setWeightCol("weight")
                .setMaxIter(1000)
                .setTol(1e-13)
                .fit(table(data));
        OptimizerState ours = fit(Method.LBFGS, loss, data, penalty, 1000);
        try (EngineExchange exchange = new EngineExchange(loss, data)) {
            double theirs = new Objective(exchange, penalty, true)
                    .evaluate(coefficients(model))
                    .objective();
            assertEquals(theirs, ours.objective(), 1e-6 * theirs);
        }
        double[] history = model.summary().objectiveHistory();
        assertEquals(history[history.length - 1], ours.objective(), 1e-6 * ours.objective());
        assertEquals(zeros(coefficients(model)), zeros(ours.coefficients()));
    }

    @Test
    void aMethodWithMemoryTakesNoL1() {
        assertThrows(
                IllegalArgumentException.class,
                () -> fit(Method.ADAM, new LogisticLoss(), data(2), new Regularization(1, 0.5), 1));
    }

    private static Coefficients coefficients(LogisticRegressionModel model) {
        int outputs = model.interceptVector().size();
        Coefficients coefficients = Coefficients.zeros(outputs, FEATURES);
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < FEATURES; j++) {
                coefficients.values()[k * (FEATURES + 1) + j] =
                        model.coefficientMatrix().apply(k, j);
            }
            coefficients.values()[k * (FEATURES + 1) + FEATURES] =
                    model.interceptVector().apply(k);
        }
        return coefficients;
    }

    private static Dataset<Row> table(List<Instance> data) {
        StructType schema = new StructType()
                .add("label", DataTypes.DoubleType)
                .add("weight", DataTypes.DoubleType)
                .add("features", new VectorUDT());
        List<Row> rows = data.stream()
                .map(i -> RowFactory.create((double) i.label(), i.weight(), i.features()))
                .toList();
        return TestSpark.session("local[2]").createDataFrame(rows, schema);
    }
}
