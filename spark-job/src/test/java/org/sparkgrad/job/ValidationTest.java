package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/** A whole run with rows held out. */
class ValidationTest {
    private static final int ROWS = 120;
    private static final int FEATURES = 30;

    @TempDir
    Path folder;

    /** Labels by chance: whatever is learned is wrong elsewhere. */
    @BeforeEach
    void writeData() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < FEATURES; j++) {
                line.append(random.nextGaussian()).append(',');
            }
            lines.add(line.append(random.nextInt(2)).toString());
        }
        Files.write(folder.resolve("data.csv"), lines);
    }

    private TrainingSummary train(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--data",
                folder.resolve("data.csv").toString(),
                "--output",
                folder.resolve("out").toString(),
                "--overwrite",
                "--engine",
                "reference",
                "--precision",
                "double",
                "--shards",
                "4"));
        arguments.addAll(List.of(options));
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        return Trainer.train(
                TestSpark.session("local[2]"), configuration.settings(), configuration.config(), Progress.SILENT);
    }

    private static double support(Metrics metrics) {
        return metrics.perClass().stream()
                .mapToDouble(Metrics.PerClass::support)
                .sum();
    }

    @Test
    void trainingStopsWhenHeldOutRowsGetWorse() {
        TrainingSummary whole = train("--validation-fraction", "0.3");
        TrainingSummary early = train("--validation-fraction", "0.3", "--patience", "2");
        Metrics atTheEnd = whole.metrics().validation();
        Metrics atTheBest = early.metrics().validation();
        Metrics trained = early.metrics().train();
        assertNotNull(atTheEnd);
        assertNotNull(atTheBest);
        assertNotNull(trained);
        assertEquals("EarlyStopped", early.convergenceReason());
        assertTrue(early.steps() < whole.steps());
        assertTrue(atTheBest.logLoss() < atTheEnd.logLoss());
        assertEquals(ROWS, support(trained) + support(atTheBest));
        assertEquals((double) early.data().rows(), support(trained));
        assertEquals(trained.logLoss(), early.loss(), 1e-12);
        assertEquals(early.steps() + 1, early.objectiveHistory().size());
        assertEquals(
                early.coefficientsSha256(),
                train("--validation-fraction", "0.3", "--patience", "2").coefficientsSha256());
    }

    @Test
    void tooSmallAndTooLargePartsAreRefused() {
        for (String fraction : List.of("1e-9", "0.999999")) {
            JobException problem = assertThrows(JobException.class, () -> train("--validation-fraction", fraction));
            assertEquals(ExitCode.USAGE, problem.exitCode());
        }
        assertThrows(JobException.class, () -> train("--validation-fraction", "0.3", "--batch-size", "110"));
    }
}
