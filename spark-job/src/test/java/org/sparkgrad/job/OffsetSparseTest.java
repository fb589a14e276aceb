package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/** Sparse rows with one dense column, an epoch time, and the same with that column centred: one optimum, by every method. */
class OffsetSparseTest {
    private static final double L2 = 0.312558980;
    private static final double ELASTIC = 0.336662;

    @TempDir
    Path folder;

    /**
     * @param optimizer with its settings
     * @param elastic whether half of the penalty is L1
     * @param tolerance of the objective
     */
    record Case(String data, String precision, boolean elastic, double tolerance, String optimizer) {}

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String data : List.of("epoch", "centred")) {
            for (String precision : List.of("float", "double")) {
                for (boolean elastic : new boolean[] {false, true}) {
                    double tolerance = precision.equals("double") ? 1e-8 : 1e-6;
                    cases.add(new Case(data, precision, elastic, tolerance, "--optimizer auto"));
                    cases.add(new Case(data, precision, elastic, tolerance, "--optimizer lbfgs --max-iter 300"));
                    cases.add(new Case(
                            data, precision, elastic, 1e-4, "--optimizer gd --learning-rate 2 --max-iter 3000"));
                }
                cases.add(new Case(
                        data,
                        precision,
                        false,
                        1e-3,
                        "--optimizer adam --batch-size 250 --epochs 150 --schedule cosine"));
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theOptimumIsThatOfCentredData(Case what) {
        TrainingSummary summary = train(what);
        double optimum = what.elastic() ? ELASTIC : L2;
        assertEquals(optimum, summary.objective(), what.tolerance() + (what.elastic() ? 5e-7 : 5e-10), what.toString());
        boolean certified = summary.certificate() <= (what.precision().equals("double") ? 1e-5 : 1e-3);
        boolean converged = summary.convergenceReason().endsWith("Converged");
        assertTrue(certified || !converged, summary.convergenceReason() + " at " + summary.certificate());
    }

    private TrainingSummary train(Case what) {
        List<String> arguments = new ArrayList<>(List.of(
                "--data",
                file(what.data()),
                "--output",
                folder.resolve("out").toString(),
                "--overwrite",
                "--reg-param",
                "0.001",
                "--elastic-net-param",
                what.elastic() ? "0.5" : "0",
                "--precision",
                what.precision()));
        arguments.addAll(List.of(what.optimizer().split(" ")));
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        return Trainer.train(
                TestSpark.session("local[2]"), configuration.settings(), configuration.config(), Progress.SILENT);
    }

    private static String file(String name) {
        try {
            return Path.of(Objects.requireNonNull(
                                    OffsetSparseTest.class.getResource("/offset-sparse/" + name + ".libsvm.gz"))
                            .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
