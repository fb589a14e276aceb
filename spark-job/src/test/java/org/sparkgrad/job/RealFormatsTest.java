package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.evaluate.Metrics;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.TrainingSummary;
import org.sparkgrad.job.run.Trainer;

/** Files as they are found, from text to a saved model. */
class RealFormatsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "auto"})
    void agaricus(String dense) {
        Path data = RealData.folder("agaricus");
        TrainingSummary summary = train(
                "--format=libsvm",
                "--data=" + data.resolve("agaricus.txt.train"),
                "--test-data=" + data.resolve("agaricus.txt.test"),
                "--dense=" + dense,
                "--reg-param=1e-3");
        assertEquals(6513, summary.data().rows());
        assertEquals(143286, summary.data().nonzeros());
        assertEquals(List.of("0", "1"), summary.data().labels());
        assertTrue(accuracy(summary.metrics().test()) > 0.99);
    }

    @Test
    void a9a() {
        Path data = RealData.folder("a9a");
        TrainingSummary summary = train(
                "--format=libsvm",
                "--data=" + data.resolve("a9a.labels01"),
                "--test-data=" + data.resolve("a9a.t.labels01"),
                "--dense=false",
                "--max-iter=30",
                "--reg-param=1e-4");
        assertEquals(122, summary.data().features());
        assertTrue(accuracy(summary.metrics().test()) > 0.84);
    }

    @Test
    void adult() {
        TrainingSummary summary = train(
                "--data=" + RealData.folder("adult").resolve("adult-train.csv"),
                "--validation-fraction=0.2",
                "--max-iter=50",
                "--reg-param=1e-4");
        assertEquals(108, summary.data().features());
        assertEquals(List.of("<=50K", ">50K"), summary.data().labels());
        assertTrue(accuracy(summary.metrics().validation()) > 0.84);
    }

    @Test
    void titanic() {
        TrainingSummary summary = train(
                "--data=" + RealData.folder("titanic").resolve("titanic.csv"),
                "--header",
                "--label=Survived",
                "--features=Pclass,Sex,Age,SibSp,Parch,Fare,Embarked",
                "--text-columns=Pclass",
                "--missing=mean",
                "--reg-param=1e-3");
        assertEquals(12, summary.data().features());
        assertEquals(177 + 2, summary.data().missing());
        assertTrue(accuracy(summary.metrics().train()) > 0.79);
    }

    @Test
    void criteo() {
        TrainingSummary summary = train(
                "--data=" + RealData.folder("criteo-tiny").resolve("train.tiny.csv"),
                "--header",
                "--label=Label",
                "--ignore-columns=Id",
                "--missing=mean",
                "--hash-features=2^16",
                "--validation-fraction=0.2",
                "--reg-param=0.1");
        assertEquals(13 + 65536, summary.data().features());
        assertTrue(accuracy(summary.metrics().validation()) > 0.78);
    }

    private TrainingSummary train(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--engine=cpu");
        arguments.add("--output=" + folder.resolve("out"));
        TrainConfiguration configuration = TrainConfiguration.read(arguments);
        return Trainer.train(
                TestSpark.session("local[2]"), configuration.settings(), configuration.config(), Progress.SILENT);
    }

    private static double accuracy(@Nullable Metrics metrics) {
        return Objects.requireNonNull(metrics).accuracy();
    }
}
