package org.sparkgrad.job.optimize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.gpu.loss.SquaredErrorLoss;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;

/** What auto takes: plain L-BFGS's optimum in fewer gradients, and runs that go on where they were saved. */
class AutoMethodTest {
    private static final int FEATURES = 9;
    private static final int LIMIT = 400;

    private static OptimizerSettings settings(Method method, double tol) {
        return new OptimizerSettings(
                method,
                null,
                ScheduleSettings.CONSTANT,
                null,
                1,
                LIMIT,
                tol,
                null,
                Init.ZERO,
                null,
                ValidationSettings.NONE,
                1);
    }

    private static Loss loss(int classes) {
        return classes == 0 ? new SquaredErrorLoss() : classes == 2 ? new LogisticLoss() : new SoftmaxLoss(classes);
    }

    /** Columns of scales from 0.01 to 10 and of means up to 9. */
    private static List<Instance> data(int classes) {
        return TestData.instances(1500, FEATURES, Math.max(2, classes), 4);
    }

    private static DataProfile profile(Loss loss, List<Instance> data, int pretendedRows) {
        double[] mean = new double[FEATURES];
        double[] deviation = new double[FEATURES];
        double weights = data.stream().mapToDouble(Instance::weight).sum();
        for (int j = 0; j < FEATURES; j++) {
            int column = j;
            double m = data.stream()
                            .mapToDouble(i -> i.weight() * i.features().apply(column))
                            .sum()
                    / weights;
            mean[j] = m;
            deviation[j] = Math.sqrt(data.stream()
                            .mapToDouble(i -> i.weight() * Math.pow(i.features().apply(column) - m, 2))
                            .sum()
                    / weights);
        }
        return new DataProfile(loss, Precision.DOUBLE, pretendedRows, mean, deviation);
    }

    /** @param idle evaluations after the last step */
    private record Fit(String name, OptimizerState end, List<Double> history, long evaluations, long idle) {}

    private static Fit fit(
            Method method, int classes, Regularization penalty, boolean fitIntercept, int rows, double tol) {
        List<Instance> data = data(classes);
        try (EngineExchange exchange = new EngineExchange(loss(classes), data)) {
            Objective objective = new Objective(exchange, penalty, fitIntercept);
            ChosenMethod chosen = choose(settings(method, tol), objective, profile(loss(classes), data, rows));
            Run run = chosen.optimizer()
                    .states(Coefficients.zeros(loss(classes).outputs(), FEATURES), (step, value) -> {});
            List<Double> history = new ArrayList<>();
            OptimizerState state = run.next();
            history.add(state.objective());
            long stepped = objective.evaluations();
            while (run.hasNext()) {
                int before = state.step();
                state = run.next();
                history.add(state.objective());
                stepped = state.step() > before ? objective.evaluations() : stepped;
            }
            return new Fit(chosen.name(), state, history, objective.evaluations(), objective.evaluations() - stepped);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2, 0.01, 0, true, 1500, newton-lbfgs",
        "2, 0.01, 0, false, 1500, newton-lbfgs",
        "2, 0, 0, true, 1500, newton-lbfgs",
        "2, 0.01, 0, true, 40000000, newton-lbfgs",
        "3, 0.01, 0, true, 1500, gram-lbfgs",
        "3, 0.01, 0, false, 1500, gram-lbfgs",
        "3, 0.01, 0, true, 40000, gram-lbfgs",
        "0, 0.01, 0, true, 1500, gram-lbfgs",
        "2, 0.02, 1, true, 1500, proximal-newton",
        "2, 0.02, 0.5, false, 1500, proximal-newton",
        "2, 0.02, 1, true, 40000000, proximal-newton"
    })
    void theOptimumIsPlainLbfgssInFewerGradients(
            int classes, double regParam, double elasticNet, boolean fitIntercept, int rows, String name) {
        Regularization penalty = new Regularization(regParam, elasticNet);
        Fit plain = fit(Method.LBFGS, classes, penalty, fitIntercept, rows, 1e-13);
        Fit auto = fit(Method.AUTO, classes, penalty, fitIntercept, rows, 1e-13);
        assertEquals(name, auto.name);
        double optimum = Math.min(plain.end.objective(), auto.end.objective());
        assertTrue(auto.end.objective() <= plain.end.objective() * (1 + 1e-9), auto.end + " " + plain.end);
        assertTrue(
                steps(auto, optimum) * 2 <= steps(plain, optimum), steps(auto, optimum) + " " + steps(plain, optimum));
        for (int i = 1; i < auto.history.size(); i++) {
            assertTrue(auto.history.get(i) <= auto.history.get(i - 1));
        }
        if (!fitIntercept) {
            assertEquals(0, auto.end.coefficients().intercept(0));
        }
    }

    private static int steps(Fit fit, double optimum) {
        int step = 0;
        while (fit.history.get(step) > optimum * (1 + 1e-6)) {
            step++;
        }
        return step;
    }

    /** With tol 0 only rounding can end it, and the gradients for that are few. */
    @ParameterizedTest
    @CsvSource({
        "AUTO, 2, 0",
        "AUTO, 3, 0",
        "AUTO, 2, 1",
        "LBFGS, 2, 0",
        "LBFGS, 3, 0",
        "LBFGS, 2, 1",
        "LBFGS, 2, 0.5",
        "LBFGS, 3, 0.5"
    })
    void roundingEndsItAsConverged(Method method, int classes, double elasticNet) {
        Fit fit = fit(method, classes, new Regularization(0.01, elasticNet), true, 1500, 0);
        ConvergenceReason reason = fit.end.reason().orElseThrow();
        assertTrue(
                reason == ConvergenceReason.OBJECTIVE_CONVERGED || reason == ConvergenceReason.GRADIENT_CONVERGED,
                reason.toString());
        assertTrue(fit.idle <= 2, fit.idle + " at the end");
        double most = method == Method.LBFGS && elasticNet > 0 ? 1.6 : 1.3; // OWL-QN goes back at more of its steps
        assertTrue(fit.evaluations <= fit.end.step() * most + 5, fit.evaluations + " for " + fit.end.step());
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 0", "2, 1"})
    void savedRunsGoOnToTheSameBits(int classes, double elasticNet) {
        List<Double> undisturbed = new ArrayList<>();
        Regularization penalty = new Regularization(0.01, elasticNet);
        undisturbed.addAll(fit(Method.AUTO, classes, penalty, true, 1500, 1e-9).history);
        List<Instance> data = data(classes);
        for (int stop = 0; stop < undisturbed.size() - 1; stop++) {
            List<Double> history = new ArrayList<>();
            SavedState saved = new SavedState();
            try (EngineExchange exchange = new EngineExchange(loss(classes), data)) {
                Run run = optimizer(exchange, penalty, classes, data)
                        .states(Coefficients.zeros(loss(classes).outputs(), FEATURES), (step, value) -> {});
                for (int i = 0; i <= stop; i++) {
                    history.add(run.next().objective());
                }
                run.save(saved);
            }
            try (EngineExchange exchange = new EngineExchange(loss(classes), data)) {
                Run run = optimizer(exchange, penalty, classes, data).resume(saved, (step, value) -> {});
                while (run.hasNext()) {
                    history.add(run.next().objective());
                }
            }
            assertEquals(undisturbed, history, "stopped after " + stop);
        }
    }

    private static Optimizer optimizer(
            EngineExchange exchange, Regularization penalty, int classes, List<Instance> data) {
        Objective objective = new Objective(exchange, penalty, true);
        return choose(settings(Method.AUTO, 1e-9), objective, profile(loss(classes), data, 1500))
                .optimizer();
    }

    private static ChosenMethod choose(OptimizerSettings settings, Objective objective, DataProfile data) {
        return Optimizers.choose(settings, objective, data, null, new OptimalityCheck(objective, data, null));
    }

    /** What the diagonal solves is P x = g, with P of the features' moments, means and all. */
    @Test
    void theDiagonalIsThatOfCentredFeatures() {
        DataProfile data =
                new DataProfile(new LogisticLoss(), Precision.DOUBLE, 10, new double[] {3, -1}, new double[] {2, 0.5});
        double[] x = new DiagonalPreconditioner(data, 0, true).solve(new double[] {1, 2, 3});
        double[][] p = {{9 + 4, -3, 3}, {-3, 1 + 0.25, -1}, {3, -1, 1}};
        double[] product =
                Arrays.stream(p).mapToDouble(row -> Vectors.dot(row, x) / 4).toArray();
        assertArrayEquals(new double[] {1, 2, 3}, product, 1e-12);
    }
}
