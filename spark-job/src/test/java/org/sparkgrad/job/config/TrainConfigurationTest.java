package org.sparkgrad.job.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.EngineSettings.Choice;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;

class TrainConfigurationTest {
    @TempDir
    Path folder;

    @Test
    void defaultsAreMllibsWhereMllibHasTheParameter() {
        TrainSettings settings = read("--data", "a.csv", "--output", "out").settings();
        assertEquals(
                new DataSettings(
                        Format.CSV,
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
                        Dense.AUTO),
                settings.data());
        assertEquals(new ModelSettings(LossKind.AUTO, 0, 0, true, true), settings.model());
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
                        ValidationSettings.NONE,
                        42),
                settings.optimizer());
        assertEquals(new EngineSettings(Choice.AUTO, Precision.FLOAT, List.of(), 0.85, null), settings.engine());
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
                        "--max-seconds=90.5",
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
                        Dense.FALSE),
                settings.data());
        assertEquals(new ModelSettings(LossKind.SOFTMAX, 1e-3, 0, false, false), settings.model());
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
                        new ValidationSettings(0.2, 3),
                        -1),
                settings.optimizer());
        assertEquals(new EngineSettings(Choice.OPENCL, Precision.FLOAT, List.of(0, 2), 0.5, 16), settings.engine());
        assertEquals(new OutputSettings("out", true), settings.output());
    }

    @Test
    void theElasticNetReachesItsSetting() {
        ModelSettings model = read(
                        "--data", "a", "--output", "out", "--reg-param", "0.1", "--elastic-net-param", "0.25")
                .settings()
                .model();

        assertEquals(new ModelSettings(LossKind.AUTO, 0.1, 0.25, true, true), model);
    }

    @Test
    void everyScheduleOptionReachesItsSetting() {
        String[] inverse = {"--schedule", "inverse", "--schedule-power", "0.75"};
        String[] cosine = {"--schedule", "cosine", "--warmup-steps", "9"};

        assertEquals(new ScheduleSettings(ScheduleSettings.Kind.INVERSE, 0.5, 1000, 0.75, 0), schedule(inverse));
        assertEquals(new ScheduleSettings(ScheduleSettings.Kind.COSINE, 0.5, 1000, 1, 9), schedule(cosine));
    }

    private static ScheduleSettings schedule(String... options) {
        List<String> arguments = new ArrayList<>(List.of("--data", "a", "--output", "out", "--optimizer", "sgd"));
        arguments.addAll(List.of(options));
        return TrainConfiguration.read(arguments).settings().optimizer().schedule();
    }

    @Test
    void everyCsvOptionReachesItsSetting() {
        DataSettings data = read(
                        "--data",
                        "a",
                        "--header",
                        "--delimiter",
                        "\\t",
                        "--label",
                        "y",
                        "--features",
                        "u, v",
                        "--features",
                        "w",
                        "--ignore-columns",
                        "id",
                        "--weight",
                        "n",
                        "--precision",
                        "double",
                        "--output",
                        "out")
                .settings()
                .data();

        assertTrue(data.header());
        assertEquals("\t", data.delimiter());
        assertEquals("y", data.label());
        assertEquals(List.of("u", "v", "w"), data.features());
        assertEquals(List.of("id"), data.ignoreColumns());
        assertEquals("n", data.weight());
    }

    @Test
    void optionsOverrideTheFileWhichOverridesDefaults() throws IOException {
        String file = file("""
                data = [a.csv, "b.csv"]
                output = out
                regParam = 1e-2
                epochs = 20
                optimizer = sgd
                label = -1
                weight = null
                """);

        TrainConfiguration configuration = read("--config", file, "--epochs", "30", "--data", "c.csv");

        assertEquals(List.of("c.csv"), configuration.settings().data().data());
        assertEquals(30, configuration.settings().optimizer().epochs());
        assertEquals(0.01, configuration.settings().model().regParam());
        assertEquals(Method.SGD, configuration.settings().optimizer().optimizer());
        assertEquals("-1", configuration.settings().data().label());
        assertNull(configuration.settings().data().weight());
    }

    @Test
    void configIsEveryKeyAsUsed() {
        TrainConfiguration configuration = read("--data", "a.parquet", "--output", "out", "--delimiter", ",");

        List<String> expected = TrainKeys.FILE.names().stream()
                .filter(name -> !List.of(
                                "label", "weight", "learningRate", "batchSize", "maxSeconds", "patience", "shards")
                        .contains(name))
                .toList();
        assertEquals(expected, List.copyOf(configuration.config().keySet()));
        assertEquals("parquet", configuration.config().get("format"));
        assertEquals(List.of("a.parquet"), configuration.config().get("data"));
        assertEquals(1e-6, configuration.config().get("tol"));
        assertEquals(42L, configuration.config().get("seed"));
        assertEquals("auto", configuration.config().get("engine"));
        assertFalse(configuration.config().containsKey("config"));
    }

    @ParameterizedTest
    @CsvSource({
        "table.csv, CSV",
        "folder/x.parquet, PARQUET",
        "folder/*, CSV",
        "train-images-idx3-ubyte, IDX",
        "s3a://bucket/train-images-idx3-ubyte.gz, IDX",
        "train-images.idx3-ubyte, IDX",
        "a.tsv.gz, TSV",
        "a.libsvm, LIBSVM",
        "a.svm, LIBSVM",
    })
    void theFirstFilesNameTellsTheFormat(String name, Format format) {
        assertEquals(
                format,
                read("--data", name, format == Format.IDX ? "--labels=l" : "--seed=1", "--output", "out")
                        .settings()
                        .data()
                        .format());
    }

    private String file(String text) throws IOException {
        Path file = folder.resolve("my.conf");
        Files.writeString(file, text);
        return file.toString();
    }

    private static TrainConfiguration read(String... arguments) {
        return TrainConfiguration.read(List.of(arguments));
    }
}
