package org.sparkgrad.job.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.OpenClRuntime;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.EngineSettings.Choice;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.config.ModelSettings.ClassWeight;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;

/** The default of each key, and where each option ends up. */
class TrainSettingsTest {
    @Test
    void defaultsAreMllibsWhereMllibHasTheParameter() {
        TrainSettings settings = read("--data", "a.csv", "--output", "out").settings();
        assertEquals(
                new DataSettings(
                        Format.CSV,
                        true,
                        List.of("a.csv"),
                        List.of(),
                        List.of(),
                        List.of(),
                        false,
                        ",",
                        null,
                        List.of(),
                        List.of(),
                        null,
                        false,
                        1,
                        Dense.AUTO,
                        FeatureSettings.DEFAULT,
                        TextSettings.DEFAULT),
                settings.data());
        assertEquals(new ModelSettings(LossKind.AUTO, 0, 0, true, true, ClassWeight.NONE), settings.model());
        assertEquals(
                new OptimizerSettings(
                        Method.AUTO,
                        null,
                        new ScheduleSettings(ScheduleSettings.Kind.CONSTANT, 0.5, 1000, 1, 0),
                        null,
                        10,
                        100,
                        1e-6,
                        null,
                        Init.ZERO,
                        null,
                        ValidationSettings.NONE,
                        42),
                settings.optimizer());
        assertEquals(
                new EngineSettings(
                        Choice.AUTO, Precision.FLOAT, List.of(), 0.85, OpenClRuntime.DIRECT, null, ExchangeKind.AUTO),
                settings.engine());
        assertEquals(new OutputSettings("out", false), settings.output());
    }

    @Test
    void everyOptionReachesItsSetting() {
        TrainSettings settings = read(
                        "--format=idx",
                        "--data",
                        "a",
                        "--data",
                        "b,c",
                        "--labels",
                        "d",
                        "--labels",
                        "e",
                        "--test-data",
                        "f",
                        "--test-labels",
                        "g",
                        "--raw-bytes",
                        "--dense",
                        "false",
                        "--label",
                        "-1",
                        "--loss",
                        "softmax",
                        "--reg-param",
                        "1e-3",
                        "--fit-intercept",
                        "false",
                        "--standardization=false",
                        "--class-weight",
                        "balanced",
                        "--optimizer",
                        "adam",
                        "--learning-rate",
                        "0.1",
                        "--schedule",
                        "step",
                        "--schedule-decay",
                        "0.9",
                        "--schedule-steps",
                        "7",
                        "--batch-size",
                        "64",
                        "--epochs",
                        "3",
                        "--max-iter",
                        "5",
                        "--tol",
                        "0",
                        "--max-seconds",
                        "90.5",
                        "--init",
                        "random",
                        "--validation-fraction",
                        "0.2",
                        "--patience",
                        "3",
                        "--seed",
                        "-1",
                        "--engine",
                        "opencl",
                        "--devices",
                        "0,2",
                        "--device-memory-fraction=0.5",
                        "--opencl-runtime",
                        "aparapi",
                        "--shards",
                        "16",
                        "--output",
                        "out",
                        "--overwrite",
                        "--verbose")
                .settings();

        assertEquals(
                new DataSettings(
                        Format.IDX,
                        true,
                        List.of("a", "b,c"),
                        List.of("d", "e"),
                        List.of("f"),
                        List.of("g"),
                        false,
                        ",",
                        "-1",
                        List.of(),
                        List.of(),
                        null,
                        true,
                        1,
                        Dense.FALSE,
                        FeatureSettings.DEFAULT,
                        TextSettings.DEFAULT),
                settings.data());
        assertEquals(
                new ModelSettings(LossKind.SOFTMAX, 1e-3, 0, false, false, ClassWeight.BALANCED), settings.model());
        assertEquals(
                new OptimizerSettings(
                        Method.ADAM,
                        0.1,
                        new ScheduleSettings(ScheduleSettings.Kind.STEP, 0.9, 7, 1, 0),
                        64,
                        3,
                        5,
                        0,
                        90.5,
                        Init.RANDOM,
                        null,
                        new ValidationSettings(0.2, 3),
                        -1),
                settings.optimizer());
        assertEquals(
                new EngineSettings(
                        Choice.OPENCL,
                        Precision.FLOAT,
                        List.of(0, 2),
                        0.5,
                        OpenClRuntime.APARAPI,
                        16,
                        ExchangeKind.AUTO),
                settings.engine());
        assertEquals(new OutputSettings("out", true), settings.output());
    }

    @Test
    void theElasticNetReachesItsSetting() {
        ModelSettings model = read(
                        "--data", "a", "--output", "out", "--reg-param", "0.1", "--elastic-net-param", "0.25")
                .settings()
                .model();

        assertEquals(new ModelSettings(LossKind.AUTO, 0.1, 0.25, true, true, ClassWeight.NONE), model);
    }

    @Test
    void thePreparationReachesItsSetting() {
        FeatureSettings preparation = read(
                        "--data",
                        "a.csv",
                        "--output",
                        "out",
                        "--missing",
                        "mean",
                        "--hash-features",
                        "2^18",
                        "--text-columns",
                        "a,3")
                .settings()
                .data()
                .preparation();

        assertEquals(new FeatureSettings(Missing.MEAN, 262144, List.of("a", "3")), preparation);
    }

    private static TrainConfiguration read(String... arguments) {
        return TrainConfiguration.read(List.of(arguments));
    }
}
