package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.job.TestSpark;

/**
 * The same objective as MLlib, never a worse value of it, and a gradient that is as good as zero; with -Dsparkgrad.full=true over the whole product,
 * with -Dsparkgrad.kryo=true in a session whose serializer is Kryo.
 */
class MllibParityTest {
    /** Problems that have every three levels of different dimensions in one of them. */
    static Stream<LearningProblem> problems() {
        if (Boolean.getBoolean("sparkgrad.full")) {
            return LearningProblem.all().stream();
        }
        List<LearningProblem> left = LearningProblem.all();
        Set<List<Object>> open = new HashSet<>();
        left.forEach(problem -> open.addAll(triples(problem)));
        List<LearningProblem> chosen = new ArrayList<>();
        while (!open.isEmpty()) {
            LearningProblem best = left.get(0);
            long most = -1;
            for (LearningProblem problem : left) {
                long covered = triples(problem).stream().filter(open::contains).count();
                if (covered > most) {
                    most = covered;
                    best = problem;
                }
            }
            triples(best).forEach(open::remove);
            chosen.add(best);
        }
        return chosen.stream();
    }

    private static List<List<Object>> triples(LearningProblem problem) {
        List<Object> levels = problem.levels();
        List<List<Object>> triples = new ArrayList<>();
        for (int a = 0; a < levels.size(); a++) {
            for (int b = a + 1; b < levels.size(); b++) {
                for (int c = b + 1; c < levels.size(); c++) {
                    triples.add(List.of(a, b, c, levels.get(a), levels.get(b), levels.get(c)));
                }
            }
        }
        return triples;
    }

    @ParameterizedTest
    @MethodSource("problems")
    void theOptimumIsMllibs(LearningProblem problem) {
        check(problem, TestSpark.session("local[2]"));
    }

    /** Compares both models of a problem's rows. */
    static void check(LearningProblem problem, SparkSession session) {
        Dataset<Row> dataset = problem.dataset(session);
        List<Row> rows = problem.rows();
        LogisticRegressionModel theirs = problem.set(new LogisticRegression()).fit(dataset);
        LogisticRegressionModel ours = problem.set(
                        new GpuLogisticRegression().setEngine("cpu").setPrecision("double"))
                .fit(dataset);
        double expected = problem.objective(rows, theirs);
        double found = problem.objective(rows, ours);
        assertTrue(found <= expected * (1 + 1e-6), "ours " + found + ", MLlib's " + expected);
        double[] history = ours.summary().objectiveHistory();
        assertEquals(found, history[history.length - 1], 1e-9);
        assertEquals(theirs.numClasses(), ours.numClasses());
        double certificate = new Stationarity(problem, rows).certificate(ours);
        assertTrue(certificate <= 1e-5, "certificate " + certificate);
        if (isUnique(problem)) {
            assertCoefficients(theirs, ours, problem.bounds() && problem.classes() > 2);
        }
        dataset.unpersist();
    }

    /** Without a penalty, or with L1 alone and an even number of outputs, several models may have the same objective. */
    private static boolean isUnique(LearningProblem problem) {
        return switch (problem.penalty()) {
            case NONE -> false;
            case L1 -> problem.outputs() % 2 == 1;
            case L2, ELASTIC -> true;
        };
    }

    /** @param shifted whether intercepts may all be larger by the same: bounds that leave them room keep MLlib from centring */
    private static void assertCoefficients(
            LogisticRegressionModel theirs, LogisticRegressionModel ours, boolean shifted) {
        double[] expected = theirs.coefficientMatrix().toArray();
        double[] found = ours.coefficientMatrix().toArray();
        double most = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertArrayEquals(expected, found, 1e-3 * most);
        double[] intercepts = intercepts(theirs, shifted);
        double mostOfAll = Arrays.stream(intercepts).map(Math::abs).reduce(Math.max(1, most), Math::max);
        assertArrayEquals(intercepts, intercepts(ours, shifted), 1e-3 * mostOfAll);
    }

    private static double[] intercepts(LogisticRegressionModel model, boolean shifted) {
        double[] intercepts = model.interceptVector().toArray();
        double mean = shifted ? Arrays.stream(intercepts).average().orElseThrow() : 0;
        return Arrays.stream(intercepts).map(value -> value - mean).toArray();
    }
}
