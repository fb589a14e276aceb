package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.RealData;

class CsvLineTest {
    @Test
    void cellsAreBetweenDelimiters() {
        assertEquals(List.of("1", "b c", ""), CsvLine.cells("1,b c,", ','));
        assertEquals(List.of(""), CsvLine.cells("", ','));
        assertEquals(List.of("", ""), CsvLine.cells("\t", '\t'));
        assertEquals(List.of("a", "", "b"), CsvLine.cells("a  b", ' '));
    }

    @Test
    void blanksAroundACellAreNoPartOfIt() {
        assertEquals(List.of("39", "State-gov", " kept "), CsvLine.cells(" 39 , State-gov , \" kept \" ", ','));
    }

    @Test
    void quotesHoldDelimitersAndDoubledQuotes() {
        assertEquals(List.of("1", "ha \"ha\" ha", "a,b"), CsvLine.cells("1,\"ha \"\"ha\"\" ha\",\"a,b\"", ','));
        assertEquals(List.of("\"", ""), CsvLine.cells("\"\"\"\",\"\"", ','));
    }

    @Test
    void aQuoteWithinACellIsItself() {
        assertEquals(List.of("5'11\"", "x"), CsvLine.cells("5'11\",x", ','));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,\"open", "\"", "\"a\"\"", "1,\"a,2"})
    void aQuotedCellThatDoesNotEndIsNoLine(String line) {
        assertNull(CsvLine.cells(line, ','));
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
            records.add(CsvLine.cells(line, ','));
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
}
