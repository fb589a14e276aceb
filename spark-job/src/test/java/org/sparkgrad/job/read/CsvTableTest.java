package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.problem.JobException;

class CsvTableTest {
    private static final String SPLIT = "spark.sql.files.maxPartitionBytes";

    @TempDir
    private Path folder;

    @Test
    void typesComeFromAllTheData() throws IOException {
        Path a = write("a.csv", "whole,number,text,none\n1,1,1,\n\n2,2,2,\n");
        Path b = write("b.csv", "whole,number,text,none\r\n\"3\", 3.5 ,x y,\r\n,,,\r\n");
        Dataset<Row> table = read(TestSettings.csv(true, a, b));
        assertEquals(
                "struct<whole:bigint,number:double,text:string,none:double,_rowNumber:bigint>",
                table.schema().simpleString());
        List<Row> rows = table.orderBy(Table.ROW_NUMBER).collectAsList();
        assertEquals("[1,1.0,1,null,0]", rows.get(0).toString());
        assertEquals("[3,3.5,x y,null,2]", rows.get(2).toString());
        assertEquals("[null,null,null,null,3]", rows.get(3).toString());
    }

    @Test
    void withoutAHeaderColumnsAreNamedByIndex() throws IOException {
        Dataset<Row> table = read(TestSettings.csv(false, "\\t", write("a.tsv", "1\ta\n\t\n")));
        assertArrayEquals(new String[] {"0", "1", Table.ROW_NUMBER}, table.columns());
        assertEquals(2, table.count());
        assertNull(table.collectAsList().get(1).get(0));
    }

    @Test
    void gzipIsReadToo() throws IOException {
        Path file = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(2, read(TestSettings.csv(true, file)).count());
    }

    @ParameterizedTest
    @CsvSource({
        "'a,b\n1,2\n3\n', a row of 1 cells",
        "'a,b\n1,2\n3,4,5\n', a row of 3 cells",
        "'a,b\n1,2\n\"3,4\n5,6\n', line 3: a quoted cell does not end: \"3",
        "'a,b\n1,\"2\n\"\n3\n', a row of 1 cells",
        "'a,A\n1,2\n', two columns are named",
        "'a,\n1,2\n', line 1: column 1 has no name",
        "'a,_rowNumber\n1,2\n', _rowNumber",
        "'a,b\n', no rows",
        "'\n\n', no rows"
    })
    void wrongFilesAreRefused(String text, String word) throws IOException {
        Path file = write("wrong.csv", text);
        assertDataProblem(() -> read(TestSettings.csv(true, file)), word);
    }

    @Test
    void quotedCellsMayHoldLineBreaks() throws IOException {
        StringBuilder text = new StringBuilder("\uFEFFid,text\r\n");
        for (int i = 0; i < 100; i++) {
            text.append(i).append(i % 9 == 5 ? ",\"a \"\"b\"\"\r\n\n" + i + ";1\"\r\n" : ",plain\r\n");
        }
        write("a.csv", text.toString());
        write("b.csv", "id,text\n100,\"x\"\n");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(folder.resolve("c.csv.gz")))) {
            out.write("id,text\n101,\"y\nz\"\n102,\n".getBytes(StandardCharsets.UTF_8));
        }
        DataSettings settings = TestSettings.csv(true, folder);
        SortedMap<Long, String> expected = rows("local[1]", "128m", settings);
        assertEquals(103, expected.size());
        assertEquals("0 plain", expected.get(0L));
        assertEquals("5 a \"b\"\r\n\n5;1", expected.get(5L));
        assertEquals("100 x", expected.get(100L));
        assertEquals("101 y\nz", expected.get(101L));
        for (String split : List.of("64", "101", "1000")) {
            assertEquals(expected, rows("local[4]", split, settings), split);
        }
    }

    /** Wherever a file is cut, one of the two scans shows that it has to be read as a whole. */
    @Test
    void aSplitThatBeginsInsideAQuotedCellIsRecognised() throws IOException {
        String text = "id,text\n1,a\n2,\"one\n3;x\n\"\"two\"\"\r\n4;y\"\n5,\"b\"\n6,c\n";
        Path file = write("a.csv", text);
        DataSettings settings = TestSettings.csv(true, file);
        CsvDialect dialect = CsvDialect.of(settings);
        CellFormat format = CellFormat.of(settings.text());
        Configuration configuration = new Configuration();
        for (int border = 1; border < text.length(); border++) {
            TextSplit first = new TextSplit(new FileBlock(file.toUri().toString(), 0), border, false);
            TextSplit second = new TextSplit(new FileBlock(file.toUri().toString(), border), Long.MAX_VALUE, false);
            assertTrue(
                    Stream.of(first, second)
                            .map(split -> CsvScanner.scan(split, dialect, format, configuration, null))
                            .anyMatch(CsvBlockScan::spans),
                    "cut before byte " + border);
        }
        SortedMap<Long, String> expected = rows("local[2]", "128m", settings);
        assertEquals("2 one\n3;x\n\"two\"\r\n4;y", expected.get(1L));
        assertEquals(expected, rows("local[2]", "17", settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "comma_in_quotes",
                "empty",
                "empty_crlf",
                "escaped_quotes",
                "json",
                "location_coordinates",
                "newlines",
                "newlines_crlf",
                "quotes_and_newlines",
                "simple",
                "simple_crlf",
                "utf8"
            })
    void theSpectrumOfCsv(String name) throws IOException {
        Path spectrum = RealData.folder("csv-spectrum");
        JsonNode json = new ObjectMapper()
                .readTree(Files.readString(spectrum.resolve("json").resolve(name + ".json")));
        JsonNode expected =
                json.isArray() ? json : new ObjectMapper().createArrayNode().add(json);
        List<Row> rows = read(TestSettings.csv(true, spectrum.resolve("csvs").resolve(name + ".csv")))
                .orderBy(Table.ROW_NUMBER)
                .collectAsList();
        assertEquals(expected.size(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            assertEquals(expected.get(i).size() + 1, row.size());
            expected.get(i).fields().forEachRemaining(cell -> {
                Object value = row.getAs(cell.getKey());
                String text = cell.getValue().asText();
                if (text.equals("1234567890")) {
                    assertEquals(2095257564L, value); // the file and its expected record have different numbers
                } else if (value instanceof Number number) {
                    assertEquals(Double.parseDouble(text), number.doubleValue());
                } else {
                    assertEquals(text, value == null ? "" : value);
                }
            });
        }
    }

    @Test
    void filesOfOneTableHaveTheSameColumns() throws IOException {
        Path a = write("a.csv", "a,b\n1,2\n");
        Path b = write("b.csv", "b,a\n1,2\n");
        Path c = write("c.csv", "a,b,c\n1,2,3\n");
        assertDataProblem(() -> read(TestSettings.csv(true, a, b)), b, "another header");
        assertDataProblem(() -> read(TestSettings.csv(true, a, c)), c, "3 cells");
    }

    @Test
    void aDelimiterIsOneCharacter() throws IOException {
        Path file = write("a.csv", "1,2\n");
        JobException problem = assertThrows(JobException.class, () -> read(TestSettings.csv(false, "||", file)));
        assertTrue(String.valueOf(problem.getMessage()).contains("||"));
    }

    @Test
    void rowNumbersDependOnNeitherCoresNorSplits() throws IOException {
        StringBuilder first = new StringBuilder("id,text\n");
        for (int i = 0; i < 300; i++) {
            first.append(i).append(i % 7 == 0 ? ",\"quoted, " + i + "\"\n\n" : ",plain\r\n");
        }
        write("part b.csv", "id,text\n1000,x\n1001,y\n");
        write("part%20a.csv", first.toString());
        write("part.csv", "id,text\n");
        write("sub/z[1].csv", "id,text\n2000,z");
        DataSettings settings = TestSettings.csv(true, folder, folder.resolve("sub"));
        SortedMap<Long, String> expected = rows("local[1]", "128m", settings);
        assertEquals(303, expected.size());
        assertEquals(302, expected.lastKey());
        assertEquals("1000 x", expected.get(0L));
        assertEquals("0 quoted, 0", expected.get(2L));
        assertEquals("299 plain", expected.get(301L));
        assertEquals("2000 z", expected.get(302L));
        for (String split : List.of("64", "1000", "1001")) {
            assertEquals(expected, rows("local[4]", split, settings), split);
        }
        assertEquals(expected, rows("local[1]", "501", settings));
    }

    private static SortedMap<Long, String> rows(String master, String split, DataSettings settings) {
        SparkSession spark = TestSpark.session(master);
        spark.conf().set(SPLIT, split);
        try {
            Dataset<Row> table = TableReader.read(spark, settings).rows();
            spark.conf().unset(SPLIT); // what was decided at reading holds
            TreeMap<Long, String> rows = new TreeMap<>();
            for (Row row : table.collectAsList()) {
                rows.put(row.getLong(2), row.getLong(0) + " " + row.getString(1));
            }
            return rows;
        } finally {
            spark.conf().unset(SPLIT);
        }
    }

    private static Dataset<Row> read(DataSettings settings) {
        return TableReader.read(TestSpark.session("local[2]"), settings).rows();
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
