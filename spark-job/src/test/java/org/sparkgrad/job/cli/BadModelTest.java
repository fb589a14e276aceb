package org.sparkgrad.job.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.Binarizer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** Models that are missing, damaged, of another kind or another width, to the commands that read them. */
class BadModelTest {
    private static final String TABLE = " --header --data @table.csv";

    @TempDir
    private static Path folder;

    private static CommandRuns runs;

    @BeforeAll
    static void trainAGoodModel() throws IOException {
        runs = new CommandRuns(folder);
        Files.writeString(folder.resolve("table.csv"), "x,y,label\n1,2,a\n3,4,b\n5,7,a\n7,1,b\n");
        Files.writeString(folder.resolve("table.svm"), "0 1:2 2:1\n1 1:3\n0 2:2\n1 2:4\n");
        Files.writeString(folder.resolve("wide.svm"), "0 1:2 3:1\n1 1:3\n");
        runs.ok("train --max-iter 3 --output @good" + TABLE);
        runs.ok("train --format libsvm --data @table.svm --max-iter 3 --output @two");
    }

    @AfterEach
    void removeWhatShouldNotBeThere() {
        runs.names().stream()
                .filter(name -> name.startsWith("out") || name.equals("bad"))
                .forEach(runs::delete);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            none      | There is no model at @none. Check the path and its file system.
            table.csv | table.csv
            good      | @good is the output of a run: name its model, --model @good/model
            a:b       | a:b
            """)
    void noModel(String model, String said) {
        assertRefused("@" + model, TABLE, said);
    }

    /** Each file of a model, gone or cut to half or to nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"gone", "half", "empty"})
    void aDamagedModel(String damage) throws IOException {
        List<Path> parts;
        try (Stream<Path> all = Files.walk(folder.resolve("good/model"))) {
            parts = all.filter(path -> String.valueOf(path.getFileName()).startsWith("part-"))
                    .toList();
        }
        for (Path part : parts) {
            copy(folder.resolve("good/model"), folder.resolve("bad"));
            Path bad =
                    folder.resolve("bad").resolve(folder.resolve("good/model").relativize(part));
            Files.deleteIfExists(bad.resolveSibling("." + bad.getFileName() + ".crc"));
            byte[] bytes = Files.readAllBytes(part);
            if (damage.equals("gone")) {
                Files.delete(bad);
            } else {
                Files.write(bad, Arrays.copyOf(bytes, damage.equals("half") ? bytes.length / 2 : 0));
            }
            assertRefused("@bad", TABLE, "The model at @bad is damaged: ");
            runs.delete("bad");
        }
    }

    @Test
    void aFolderOfItIsGone() throws IOException {
        copy(folder.resolve("good/model"), folder.resolve("bad"));
        runs.delete("bad/metadata");
        assertRefused("@bad", TABLE, "The folder @bad holds no model: a folder metadata is expected in it.");
        runs.delete("bad");
        copy(folder.resolve("good/model"), folder.resolve("bad"));
        runs.delete("bad/stages");
        assertRefused("@bad", TABLE, "The model at @bad is damaged: ");
    }

    @Test
    void aModelOfAnotherKind() throws IOException {
        SparkSession spark = TestSpark.session("local[2]");
        Binarizer binarizer = new Binarizer().setInputCol("x").setOutputCol("z");
        binarizer.save(folder.resolve("bad").toString());
        assertRefused("@bad", TABLE, "The model at @bad is a org.apache.spark.ml.feature.Binarizer");
        new PipelineModel("empty", new Transformer[] {binarizer})
                .write()
                .overwrite()
                .session(spark)
                .save(folder.resolve("bad").toString());
        assertRefused("@bad", TABLE, "The pipeline at @bad has the stages [Binarizer]");
    }

    @Test
    void aModelOfAnotherWidth() throws IOException {
        Files.writeString(folder.resolve("narrow.csv"), "x,label\n1,a\n3,b\n");
        assertRefused(
                "@good/model",
                " --header --data @narrow.csv",
                "The table lacks 1 of the columns that the model at @good/model takes for its 2 features: y. It has 2:");
        assertRefused("@two/model", TABLE, "@two/model");
        assertRefused(
                "@two/model",
                " --format libsvm --data @wide.svm",
                "@wide.svm line 1: the index 3 is beyond the 2 features of the training data");
    }

    private static void assertRefused(String model, String data, String said) {
        runs.refused(ExitCode.DATA, "evaluate --model " + model + data, said, false);
        runs.refused(ExitCode.DATA, "predict --model " + model + data + " --output @out", said, true);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
