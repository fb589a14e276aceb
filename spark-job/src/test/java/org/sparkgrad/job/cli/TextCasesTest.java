package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.problem.ExitCode;

/** Text files that people really have, by the commands: each is read as it is meant, or refused with what to do. */
@TestInstance(Lifecycle.PER_CLASS)
class TextCasesTest {
    private static final double CLOSE = 1e-6;

    private CommandRuns runs;

    @BeforeAll
    void copyCases(@TempDir Path folder) throws IOException {
        runs = new CommandRuns(folder);
        Path cases = Path.of("src/test/resources/cases");
        try (var files = Files.walk(cases)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve("cases").resolve(cases.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @AfterEach
    void removeOutputs() {
        runs.names().stream().filter(name -> name.startsWith("out")).forEach(runs::delete);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            200 | --format tsv --data @cases/tsv-quotes/reviews.tsv --label -1 --text-columns 1
            200 | --format tsv --quote none --data @cases/tsv-quotes/reviews.tsv
            300 | --header --delimiter ; --decimal , --data @cases/decimal-comma/eu.csv
            300 | --header --missing mean --data @cases/na-tokens/many-NA.csv
            300 | --header --missing mean --data @cases/na-tokens/few-NA.csv
            300 | --header --data @cases/dates-ids/ids.csv
            100 | --header --data @cases/index-column/pandas.csv
            100 | --delimiter blanks --data @cases/spaces/german.txt
            40  | --header --escape \\ --data @cases/spark-escape/part-00000.csv
            100 | --header --data @cases/headers/trailing.csv
            100 | --header --data @cases/headers/dots.csv
            100 | --header --data @cases/headers/forgot-header.csv
            60  | --header --data @cases/encodings/utf8-bom.csv
            60  | --header --data @cases/encodings/crlf-bom-cr.csv
            60  | --header --data @cases/encodings/mac-cr.csv
            800 | --header --weight w --data @cases/weights/w.csv
            """)
    void everyRowIsRead(int rows, String options) {
        JsonNode data = trained(options).path("data");
        assertEquals(rows, data.path("rows").asInt());
        assertEquals(rows, data.path("read").path("records").asInt());
        assertEquals(1, data.path("read").path("files").asInt());
        assertEquals(2, data.path("classes").asInt());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --format csv --delimiter \\t --data @cases/tsv-quotes/reviews.tsv | reviews.tsv line 21: text after a closing quote
            --header --delimiter ; --data @cases/decimal-comma/eu.csv | eu.csv line 2 has "0,00" in column a, in which 300 of 300 cells are numbers or read like them: Read decimal commas with --decimal ,
            --header --delimiter ; --missing mean --data @cases/decimal-comma/eu.csv | Read decimal commas with --decimal ,
            --header --data @cases/decimal-comma/eu.csv | eu.csv line 1: a header of 1 names above rows of 3 cells
            --header --data @cases/na-tokens/many-NA.csv | many-NA.csv line 2 has no number in column a
            --header --missing mean --missing-texts - --data @cases/na-tokens/few-NA.csv | has "NA" in column a, in which
            --header --data @cases/spark-escape/part-00000.csv | part-00000.csv line 2: text after a closing quote in the cell that starts "say
            --data @cases/headers/forgot-header.csv | forgot-header.csv line 1 names the columns: a, b, c, y
            --header --data @cases/headers/duplicate.csv | duplicate.csv line 1: two columns are named "x"
            --header --data @cases/headers/hash-comment.csv | It starts with "#", as a comment does
            --data @cases/headers/hash-comment.csv | hash-comment.csv line 2: a row of 4 cells among rows of 1
            --header --data @cases/encodings/latin1.csv | latin1.csv line 1: no text in UTF-8
            --header --data @cases/encodings/utf16le-bom.csv | utf16le-bom.csv line 1: no text in UTF-8
            --delimiter blanks --header --data @cases/spaces/german.txt | german.txt line 1: the header has numbers for names
            """)
    void whatCannotBeReadIsRefused(String options, String said) {
        runs.refused(ExitCode.DATA, "train --reg-param 0.01 --output @out " + options, said, true);
    }

    @Test
    void decimalCommasAndPointsAreTheSameTable() {
        double us = trained("--header --delimiter ; --label y --precision double --data @cases/decimal-comma/us.csv")
                .path("objective")
                .asDouble();
        removeOutputs();
        String eu = "--header --delimiter ; --decimal , --data @cases/decimal-comma/eu.csv ";
        assertEquals(
                us,
                trained("--label y --precision double " + eu).path("objective").asDouble(),
                1e-12);
        runs.ok("evaluate --model @out/model --header --delimiter ; --data @cases/decimal-comma/us.csv");
        runs.ok("predict --model @out/model --output @out2 " + eu);
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "mean", "drop"})
    void textIsRefusedWhereTheModelHasNumbers(String missing) {
        trained("--header --delimiter ; --label y --missing " + missing + " --data @cases/decimal-comma/us.csv");
        String eu = " --model @out/model --header --delimiter ; --data @cases/decimal-comma/eu.csv";
        String said = "eu.csv line 2: column a holds \"0,00\", where the model has numbers (300 such cells).";
        runs.refused(ExitCode.DATA, "evaluate" + eu, said, false);
        assertTrue(runs.run("predict --output @out2" + eu).message().contains(said));
        runs.delete("out");
        runs.refused(
                ExitCode.DATA,
                "train --header --delimiter ; --label y --data @cases/decimal-comma/us.csv --output @out --test-data"
                        + " @cases/decimal-comma/eu.csv",
                said,
                true);
    }

    @Test
    void missingTextsAreCountedAtAnyShare() {
        for (String share : new String[] {"few", "many"}) {
            JsonNode read = trained("--header --missing mean --data @cases/na-tokens/" + share + "-NA.csv")
                    .path("data");
            long missing = read.path("missing").asLong();
            assertTrue(missing > 0);
            assertEquals(
                    missing,
                    read.path("read").path("missingTexts").path("a").path("NA").asLong());
            assertEquals(2, read.path("features").asInt());
            removeOutputs();
        }
    }

    @Test
    void whatIsLeftOutOrOddIsSaid() {
        assertSaid("row names", "--header --data @cases/index-column/pandas.csv");
        assertSaid("the empty column after it is left out", "--header --data @cases/headers/trailing.csv");
        assertSaid("column id has 300 different texts in 300 rows", "--header --data @cases/dates-ids/ids.csv");
        assertSaid(
                "column id has 300 different texts in 300 rows", "--dry-run --header --data @cases/dates-ids/ids.csv");
        assertSaid("read 1 file, 301 lines, 300 records", "--header --data @cases/dates-ids/ids.csv");
    }

    @Test
    void weightsAreRead() {
        assertEquals(
                .274342087,
                trained("--header --weight w --label y --precision double --data @cases/weights/w.csv")
                        .path("objective")
                        .asDouble(),
                CLOSE);
    }

    /** Without a penalty there is no optimum, for three classes as for two; with one nothing is said. */
    @ParameterizedTest
    @ValueSource(strings = {"s.csv", "three.csv"})
    void separableClassesAreSaid(String file) {
        String data = " --reg-param 0.01 --output @out --data @cases/separable/" + file;
        CommandRuns.Ended plain = runs.run("train" + data.replace("0.01", "0"));
        assertEquals(ExitCode.OK, plain.code(), plain.err());
        assertTrue(plain.err().contains("the classes are separable"), plain.err());
        assertTrue(runs.json("out/summary.json").path("separable").asBoolean());
        removeOutputs();
        CommandRuns.Ended penalised = runs.run("train" + data);
        assertFalse(penalised.err().contains("separable"), penalised.err());
        assertFalse(runs.json("out/summary.json").has("separable"));
    }

    private void assertSaid(String said, String options) {
        CommandRuns.Ended ended = runs.run("train --reg-param 0.01 --output @out " + options);
        assertEquals(ExitCode.OK, ended.code(), ended.err());
        assertTrue(ended.err().contains(said), () -> said + "\nis not in\n" + ended.err());
        removeOutputs();
    }

    private JsonNode trained(String options) {
        runs.ok("train --reg-param 0.01 --output @out " + options);
        return runs.json("out/summary.json");
    }
}
