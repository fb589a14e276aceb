package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.score.ModelScorer;

/** The scorer without Spark against the Spark model, row by row. */
class ModelScorerTest {
    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void runInTheFolder() {
        runs = new CommandRuns(folder);
    }

    /** Every set of docs/datasets.md. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            mnist          | --format idx --data ^/train-images-idx3-ubyte.gz --labels ^/train-labels-idx1-ubyte.gz | --format idx --data ^/t10k-images-idx3-ubyte.gz --labels ^/t10k-labels-idx1-ubyte.gz | --standardization false
            higgs-lightgbm | --format tsv --data ^/binary.train --label 0 | --format tsv --data ^/binary.test |
            agaricus       | --format libsvm --data ^/agaricus.txt.train | --format libsvm --data ^/agaricus.txt.test | --fit-intercept false
            a9a            | --format libsvm --data ^/a9a.labels01 | --format libsvm --data ^/a9a.t.labels01 |
            iris           | --data ^/iris.csv | --data ^/iris.csv |
            iris           | --data ^/iris.csv | --data ^/iris.csv | --missing drop
            wine           | --data ^/wine.csv | --data ^/wine.csv |
            wdbc           | --data ^/wdbc.data --label 1 --ignore-columns 0 | --data ^/wdbc.data |
            adult          | --data ^/adult-train.csv | --data ^/adult-train.csv |
            titanic        | --data ^/titanic.csv --header --label Survived --features Pclass,Sex,Age,SibSp,Parch,Fare,Embarked | --data ^/titanic.csv --header | --text-columns Pclass --missing mean
            titanic        | --data ^/titanic.csv --header --label Survived --features Pclass,Sex,Age,SibSp,Parch,Fare,Embarked | --data ^/titanic.csv --header | --missing drop --loss softmax
            criteo-tiny    | --data ^/train.tiny.csv --header --label Label --ignore-columns Id | --data ^/train.tiny.csv --header | --missing mean --hash-features 2^18
            """)
    void realData(String set, String data, String scored, String options) {
        String root = RealData.folder(set).toString();
        runs.ok("train --reg-param 1e-3 --max-iter 8 --output @out " + data.replace("^", root) + " "
                + (options == null ? "" : options));
        assertScoresAsSpark(scored.replace("^", root));
    }

    @ParameterizedTest
    @CsvSource({
        "pets, csv, 2, --header",
        "dense, parquet, 3, ''",
        "dense, parquet, 2, --loss softmax",
        "sparse, libsvm, 4, ''",
        "sparse, parquet, 2, ''"
    })
    void generatedData(String kind, String format, int classes, String options) {
        String shape = kind.equals("pets") ? "" : " --features 30 --classes " + classes;
        runs.ok("generate --kind " + kind + " --rows 500 --output @data --format " + format + shape);
        String header = options.equals("--header") ? " --header" : "";
        runs.ok("train --data @data --max-iter 5 --output @out --format " + format + " " + options);
        assertScoresAsSpark("--data " + folder.resolve("data") + " --format " + format + header);
    }

    /** Labels that are no 0 and 1, in an order of their own. */
    @ParameterizedTest
    @CsvSource({"2;4, ''", "true;false, ''", "-5;1000000000000;0.5, ''", "stay;leave, --positive-label stay"})
    void labelsOfAnyKind(String labels, String options) throws IOException {
        Scored.writeLabels(folder.resolve("table.csv"), labels.split(";", -1));
        runs.ok("train --data @table.csv --header --max-iter 5 --output @out " + options);
        assertScoresAsSpark("--header --data " + folder.resolve("table.csv"));
    }

    @ParameterizedTest
    @CsvSource({"mean, ''", "drop, ''", "mean, --hash-features 16", "drop, --hash-features 8", "mean, --loss softmax"})
    void missingNumbersAndUnknownTexts(String missing, String options) throws IOException {
        writeTable("train.csv", 90, 4);
        writeTable("test.csv", 120, 6);
        runs.ok("train --data @train.csv --header --label kind --max-iter 5 --output @out --missing " + missing + " "
                + options);
        assertScoresAsSpark("--data " + folder.resolve("test.csv") + " --header");
    }

    @Test
    void arraysAndFlags() {
        SparkSession spark = TestSpark.session("local[2]");
        spark.range(80)
                .selectExpr(
                        "cast(id % 3 as int) as label",
                        "array(sin(id), cast(null as double), id % 5)[0] as first",
                        "array(sin(id), cos(id), cast(id % 7 as double)) as numbers",
                        "id % 2 = 0 as even",
                        "cast(id % 11 as decimal(9, 2)) as price",
                        "concat('t', id % 4) as text")
                .coalesce(1)
                .write()
                .parquet(folder.resolve("table").toString());
        runs.ok("train --data @table --format parquet --max-iter 5 --output @out");
        assertScoresAsSpark("--format parquet --data " + folder.resolve("table"));
    }

    @Test
    void whatCannotBeScoredIsRefused() throws IOException {
        writeTable("train.csv", 90, 4);
        runs.ok("train --data @train.csv --header --label kind --max-iter 5 --output @out --ignore-columns a.b,height");
        ModelScorer scorer = ModelScorer.read(folder.resolve("out/model.json"));
        Map<String, Object> row = new HashMap<>(Map.of("width", 3, "colour", "red"));
        assertTrue(scorer.predict(row).isPresent());
        row.put("width", null);
        assertRefused(scorer, row, "column width has no number");
        row.put("width", Double.POSITIVE_INFINITY);
        assertRefused(scorer, row, "column width has Infinity");
        row.put("width", "3");
        assertRefused(scorer, row, "column width holds numbers, not 3 (String)");
        row.remove("width");
        assertRefused(scorer, row, "the row has no column width, only [colour]");
        String json = Files.readString(folder.resolve("out/model.json"));
        Files.writeString(folder.resolve("later.json"), json.replace("\"format\" : 1", "\"format\" : 2"));
        IOException later = assertThrows(IOException.class, () -> ModelScorer.read(folder.resolve("later.json")));
        assertTrue(String.valueOf(later.getMessage()).contains("it is of format 2, and 1 is known"), later::getMessage);
    }

    private static void assertRefused(ModelScorer scorer, Map<String, Object> row, String message) {
        assertEquals(
                message,
                String.valueOf(assertThrows(IllegalArgumentException.class, () -> scorer.predict(row))
                                .getMessage())
                        .replaceFirst(":.*|;.*", ""));
    }

    private void assertScoresAsSpark(String data) {
        Scored scored = Scored.of(folder.resolve("out"), data);
        assertTrue(!scored.rows().isEmpty(), "there are rows");
        for (Scored.ScoredRow row : scored.rows()) {
            var prediction = scored.scorer().predict(row.cells());
            assertEquals(row.probabilities().isPresent(), prediction.isPresent(), () -> row.cells() + "");
            prediction.ifPresent(found -> {
                assertArrayEquals(
                        row.probabilities().orElseThrow(),
                        found.probabilities().stream().mapToDouble(p -> p).toArray(),
                        1e-12,
                        () -> row.cells() + "");
                assertEquals(row.label(), found.label());
            });
        }
    }

    /** Writes rows with missing cells; the last colours are unknown to a shorter cycle. */
    private void writeTable(String name, int rows, int colours) throws IOException {
        String[] known = {"red", "dark \"\"grün\"\"", "", "blau, hell", "x=y", "0"};
        StringBuilder table = new StringBuilder("width,a.b,colour,height,kind\n");
        for (int i = 0; i < rows; i++) {
            table.append(i % 17)
                    .append(',')
                    .append(i % 6 == 5 ? "" : i * 7 % 13 / 4.0)
                    .append(",\"")
                    .append(known[i % colours])
                    .append("\",")
                    .append(i % 8 == 3 ? "" : i * 5 % 19 - 9)
                    .append(',')
                    .append((i + i * 7 % 11) % 30 < 15 ? "cat" : "dog")
                    .append('\n');
        }
        Files.writeString(folder.resolve(name), table, StandardCharsets.UTF_8);
    }
}
