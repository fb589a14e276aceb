package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.config.TextSettings.Multiline;
import org.sparkgrad.job.read.CsvLine.Fault;

class CsvLineTest {
    private static final CsvDialect CSV = new CsvDialect(false, ',', '"', null, Multiline.AUTO, false);

    @Test
    void cellsAreBetweenDelimiters() {
        assertEquals(List.of("1", "b c", ""), cells("1,b c,", ','));
        assertEquals(List.of(""), cells("", ','));
        assertEquals(List.of("", ""), cells("\t", '\t'));
        assertEquals(List.of("a", "", "b"), cells("a  b", ' '));
    }

    @Test
    void blanksAroundACellAreNoPartOfIt() {
        assertEquals(List.of("39", "State-gov", " kept "), cells(" 39 , State-gov , \" kept \" ", ','));
    }

    @Test
    void quotesHoldDelimitersAndDoubledQuotes() {
        assertEquals(List.of("1", "ha \"ha\" ha", "a,b"), cells("1,\"ha \"\"ha\"\" ha\",\"a,b\"", ','));
        assertEquals(List.of("\"", ""), cells("\"\"\"\",\"\"", ','));
    }

    @Test
    void aQuoteWithinACellIsItself() {
        assertEquals(List.of("5'11\"", "x"), cells("5'11\",x", ','));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"open", "\"", "\"a\"\"", "1,\"a,2"})
    void aQuotedCellThatDoesNotEndIsNoLine(String line) {
        assertNull(cells(line, ','));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comma_in_quotes",
                "empty",
                "empty_crlf",
                "escaped_quotes",
                "json",
                "simple",
                "simple_crlf",
                "utf8"
            })
    void spectrum(String name) throws IOException {
        Path folder = RealData.folder("csv-spectrum");
        List<List<String>> records = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("csvs/" + name + ".csv"))) {
            records.add(cells(line, ','));
        }
        JsonNode expected = new ObjectMapper()
                .readTree(folder.resolve("json/" + name + ".json").toFile());
        assertEquals(expected.size() + 1, records.size());
        for (int row = 0; row < expected.size(); row++) {
            for (int column = 0; column < records.get(0).size(); column++) {
                assertEquals(
                        expected.get(row).get(records.get(0).get(column)).asText(),
                        records.get(row + 1).get(column));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {"\"a\"b,1", "1,\"a\" \"b\"", "\"say \\\"hi\\\", a\",0"})
    void textAfterAQuotedCellIsWrong(String line) {
        CsvLine.Wrong wrong = new CsvLine(CSV).wrong(line);
        assertNotNull(wrong);
        assertEquals(Fault.TEXT_AFTER_QUOTE, wrong.fault());
        assertEquals(line.indexOf('"'), wrong.at());
    }

    @Test
    void wrongQuotesArePlainTextInTsv() {
        CsvLine tsv = new CsvLine(new CsvDialect(false, '\t', '"', null, Multiline.AUTO, true));
        assertEquals(List.of("1", "\"good film", "2"), tsv.cells("1\t\"good film\t2"));
        assertEquals(List.of("\"a\" b", "a\tb"), tsv.cells("\"a\" b\t\"a\tb\""));
        assertFalse(tsv.endsInside("1\t\"open", false));
        CsvLine multiline = new CsvLine(new CsvDialect(false, '\t', '"', null, Multiline.TRUE, true));
        assertNull(multiline.cells("1\t\"open"));
        assertTrue(multiline.endsInside("1\t\"open", false));
    }

    @Test
    void quotesAndEscapesAreAsNamed() {
        CsvLine escaped = new CsvLine(new CsvDialect(false, ',', '"', '\\', Multiline.AUTO, false));
        assertEquals(List.of("say \"hi\", a", "0"), escaped.cells("\"say \\\"hi\\\", a\",0"));
        assertEquals(List.of("a\\", "b\"c", "\\n"), escaped.cells("\"a\\\\\",\"b\"\"c\",\"\\n\""));
        CsvLine single = new CsvLine(new CsvDialect(false, ',', '\'', null, Multiline.AUTO, false));
        assertEquals(List.of("a,\"b", "c"), single.cells("'a,\"b',c"));
        CsvLine none = new CsvLine(new CsvDialect(false, ',', null, null, Multiline.AUTO, false));
        assertEquals(List.of("\"a", "b\"", ""), none.cells("\"a,b\","));
    }

    @Test
    void runsOfBlanksMayBeTheDelimiter() {
        CsvLine blanks = new CsvLine(new CsvDialect(false, null, '"', null, Multiline.AUTO, false));
        assertEquals(List.of("-0.80", "1.5", "a b", "1"), blanks.cells("   -0.80   1.5\t \"a b\" 1  "));
    }

    private static @Nullable List<String> cells(String line, char delimiter) {
        return new CsvLine(new CsvDialect(false, delimiter, '"', null, Multiline.AUTO, false)).cells(line);
    }
}
