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
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.OptimizerSettings.Method;

class TrainConfigurationTest {
    @TempDir
    Path folder;

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
                                "label",
                                "positiveLabel",
                                "weight",
                                "hashFeatures",
                                "missingTexts",
                                "learningRate",
                                "batchSize",
                                "maxSeconds",
                                "initialModel",
                                "patience",
                                "shards",
                                "checkpointSteps")
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
