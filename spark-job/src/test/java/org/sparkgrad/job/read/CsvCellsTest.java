package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.job.config.TextSettings.Multiline;

class CsvCellsTest {
    private static final String CHARACTERS = "ab1,,;  \"\"'\t\\\u000B\u001C.";

    private static List<CsvDialect> dialects() {
        List<CsvDialect> dialects = new ArrayList<>();
        for (Character delimiter : new Character[] {',', ';', '\t', ' ', null}) {
            for (Character quote : new Character[] {'"', '\'', null}) {
                dialects.add(new CsvDialect(false, delimiter, quote, null, Multiline.AUTO, false));
                dialects.add(new CsvDialect(false, delimiter, quote, '\\', Multiline.AUTO, true));
            }
        }
        return dialects;
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void cellsAreThoseOfCsvLine(CsvDialect dialect) {
        Random random = new Random(3);
        CsvCells cells = new CsvCells(dialect);
        CsvLine line = new CsvLine(dialect);
        int usual = 0;
        for (int i = 0; i < 20_000; i++) {
            StringBuilder record = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                record.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            }
            byte[] bytes = ("xx" + record + ",y").getBytes(StandardCharsets.US_ASCII);
            int found = cells.cut(bytes, 2, bytes.length - 2);
            if (found == CsvCells.UNUSUAL) {
                continue;
            }
            usual++;
            assertEquals(dialect.isEmpty(record.toString()), found == 0, () -> "empty: \"" + record + "\"");
            if (found > 0) {
                List<String> texts = new ArrayList<>();
                for (int cell = 0; cell < found; cell++) {
                    texts.add(new String(
                            bytes, cells.from(cell), cells.to(cell) - cells.from(cell), StandardCharsets.US_ASCII));
                }
                assertEquals(line.cells(record.toString()), texts, () -> "\"" + record + "\"");
            }
        }
        assertTrue(usual > 5_000, usual + " records");
    }

    @Test
    void onlyOddQuotesAreUnusual() {
        CsvCells cells = new CsvCells(new CsvDialect(false, ',', '"', null, Multiline.AUTO, false));
        assertEquals(3, cut(cells, "1, \"a,b\" ,c"));
        assertEquals(1, cut(cells, "\"\""));
        assertEquals(0, cut(cells, " "));
        assertEquals(CsvCells.UNUSUAL, cut(cells, "\"a\"\"b\",1"));
        assertEquals(CsvCells.UNUSUAL, cut(cells, "\"a\" b,1"));
        assertEquals(CsvCells.UNUSUAL, cut(cells, "\"a,1"));
    }

    private static int cut(CsvCells cells, String record) {
        byte[] bytes = record.getBytes(StandardCharsets.US_ASCII);
        return cells.cut(bytes, 0, bytes.length);
    }
}
