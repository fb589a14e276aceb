package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/** Balanced classes are instance weights that nobody has to write down. */
class ClassWeightTest {
    private static final int ROWS = 400;

    @TempDir
    Path folder;

    /** One row in eight is of class 1; column w is a weight, column b the same times the class's. */
    @BeforeEach
    void writeData() throws IOException {
        SplittableRandom random = new SplittableRandom(9);
        List<String> lines = new ArrayList<>(List.of("x,z,w,b,y"));
        for (int i = 0; i < ROWS; i++) {
            int label = i % 8 == 0 ? 1 : 0;
            double weight = 0.5 + random.nextInt(3);
            double balanced = weight * (ROWS / (2.0 * (label == 1 ? ROWS / 8 : ROWS / 8 * 7)));
            lines.add("%s,%s,%s,%s,%s"
                    .formatted(random.nextGaussian() + label, random.nextGaussian(), weight, balanced, label));
        }
        Files.write(folder.resolve("data.csv"), lines);
    }

    @Test
    void balancedIsTheWeightOfEachRowTimesThatOfItsClass() {
        TrainingSummary balanced = train("--weight=w", "--ignore-columns=b", "--class-weight=balanced");
        TrainingSummary byHand = train("--weight=b", "--ignore-columns=w");
        assertEquals(byHand.coefficientsSha256(), balanced.coefficientsSha256());
        assertEquals(byHand.objectiveHistory(), balanced.objectiveHistory());
    }

    @Test
    void rareClassesAreFoundAndMetricsKeepTheRowsOwnWeights() {
        Metrics plain = metrics(train("--ignore-columns=w,b"));
        Metrics balanced = metrics(train("--ignore-columns=w,b", "--class-weight=balanced"));
        assertEquals(ROWS / 8, balanced.perClass().get(1).support());
        assertTrue(balanced.perClass().get(1).recall() > plain.perClass().get(1).recall() + 0.2);
        assertTrue(balanced.accuracy() < plain.accuracy());
    }

    private static Metrics metrics(TrainingSummary summary) {
        return Objects.requireNonNull(summary.metrics().train());
    }

    private TrainingSummary train(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "--data=" + folder.resolve("data.csv"),
                "--header",
                "--output=" + folder.resolve("out"),
                "--overwrite",
                "--engine=cpu"));
        arguments.addAll(List.of(options));
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        return Trainer.train(
                TestSpark.session("local[2]"), configuration.settings(), configuration.config(), Progress.SILENT);
    }
}
