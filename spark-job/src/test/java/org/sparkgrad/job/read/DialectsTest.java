package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.problem.JobException;

/**
 * Tables by seeds, each written in ten ways: the table read is the one written, or it is refused with what to do.
 * {@code -Dsparkgrad.full=true} takes 300 tables.
 */
class DialectsTest {
    private static final int TABLES = Boolean.getBoolean("sparkgrad.full") ? 300 : 30;

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSpark.session("local[2]");

    /** A way to write a table, the options that read it, and what is said where it is refused. */
    enum Dialect {
        CSV("csv", "--header", null),
        ALL_QUOTED("csv", "--header", null),
        CRLF_AND_BYTE_ORDER_MARK("csv", "--header", null),
        TSV("tsv", "--header", null),
        DECIMAL_COMMA("csv", "--header --delimiter ; --decimal ,", null),
        ESCAPED("csv", "--header --escape \\", null),
        PACKED_WITH_TEXTS_FOR_MISSING("csv.gz", "--header", null),
        PARQUET("parquet", "", null),
        PARQUET_OF_STRINGS("parquet", "", null),
        ESCAPED_WITHOUT_THE_OPTION("csv", "--header", "quote");

        private final String ending;
        private final String options;
        private final @Nullable String refusal;

        Dialect(String ending, String options, @Nullable String refusal) {
            this.ending = ending;
            this.options = options;
            this.refusal = refusal;
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theTableReadIsTheOneWritten(Dialect dialect) throws IOException {
        for (int seed = 0; seed < TABLES; seed++) {
            WrittenTable table = WrittenTable.of(seed);
            Path file = folder.resolve(dialect + "-" + seed + "." + dialect.ending);
            write(table, dialect, file);
            if (dialect.refusal != null && isBroken(table)) {
                JobException problem = assertThrows(JobException.class, () -> read(dialect, file));
                assertTrue(String.valueOf(problem.getMessage()).contains(dialect.refusal), problem.getMessage());
            } else {
                assertEquals(expected(table), read(dialect, file), dialect + " of seed " + seed);
            }
        }
    }

    /** A quote and a delimiter in one cell: with a backslash before the quote, the cell would end there. */
    private static boolean isBroken(WrittenTable table) {
        return table.cells().stream()
                .flatMap(List::stream)
                .anyMatch(cell -> cell instanceof String text && isQuoted(text) && text.indexOf('"') >= 0);
    }

    private static boolean isQuoted(String text) {
        return text.indexOf(',') >= 0 || text.indexOf('"') >= 0;
    }

    private static List<String> expected(WrittenTable table) {
        return table.cells().stream().map(String::valueOf).toList();
    }

    private List<String> read(Dialect dialect, Path file) {
        List<String> arguments =
                List.of(("--model none --data " + file + " " + dialect.options).split(" +", -1)).stream()
                        .filter(word -> !word.isEmpty())
                        .toList();
        Table table =
                TableReader.read(spark, ScoreConfiguration.evaluate(arguments).data());
        List<Row> rows = new ArrayList<>(table.rows().collectAsList());
        int number = table.rows().columns().length - 1;
        rows.sort(Comparator.comparingLong(row -> row.getLong(number)));
        List<String> read = new ArrayList<>();
        for (Row row : rows) {
            List<@Nullable Object> cells = new ArrayList<>();
            for (int column = 0; column < number; column++) {
                Object cell = row.get(column);
                cells.add(cell instanceof Number value ? (Object) value.doubleValue() : cell);
            }
            read.add(String.valueOf(cells));
        }
        return read;
    }

    private void write(WrittenTable table, Dialect dialect, Path file) throws IOException {
        switch (dialect) {
            case CSV -> text(table, file, ",", "\n", cell -> plain(cell, ",", "\"\""), "");
            case ALL_QUOTED -> text(table, file, ",", "\n", cell -> quoted(shown(cell), "\"\""), "");
            case CRLF_AND_BYTE_ORDER_MARK -> text(table, file, ",", "\r\n", cell -> plain(cell, ",", "\"\""), "\uFEFF");
            case TSV -> text(table, file, "\t", "\n", cell -> plain(cell, "\t", "\"\""), "");
            case DECIMAL_COMMA ->
                text(
                        table,
                        file,
                        ";",
                        "\n",
                        cell -> cell instanceof Double ? shown(cell).replace('.', ',') : plain(cell, ";", "\"\""),
                        "");
            case ESCAPED, ESCAPED_WITHOUT_THE_OPTION ->
                text(table, file, ",", "\n", cell -> plain(cell, ",", "\\\""), "");
            case PACKED_WITH_TEXTS_FOR_MISSING -> packed(table, file);
            case PARQUET -> parquet(table, file, false);
            case PARQUET_OF_STRINGS -> parquet(table, file, true);
        }
    }

    private static void text(
            WrittenTable table,
            Path file,
            String delimiter,
            String end,
            Function<@Nullable Object, String> cells,
            String before)
            throws IOException {
        StringBuilder text = new StringBuilder(before);
        text.append(String.join(delimiter, table.names())).append(end);
        for (List<@Nullable Object> row : table.cells()) {
            text.append(row.stream().map(cells).collect(Collectors.joining(delimiter)))
                    .append(end);
        }
        Files.writeString(file, text);
    }

    /** A missing number is "NA" or "?", a missing text \N. */
    private static void packed(WrittenTable table, Path file) throws IOException {
        StringBuilder text = new StringBuilder(String.join(",", table.names())).append('\n');
        for (int row = 0; row < table.cells().size(); row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < table.names().size(); column++) {
                Object cell = table.cells().get(row).get(column);
                String missing = table.isNumber(column) ? (row % 2 == 0 ? "NA" : "?") : "\\N";
                cells.add(cell == null ? missing : plain(cell, ",", "\"\""));
            }
            text.append(String.join(",", cells)).append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private void parquet(WrittenTable table, Path file, boolean strings) {
        StructType schema = new StructType();
        for (int column = 0; column < table.names().size(); column++) {
            boolean number = table.isNumber(column) && !strings;
            schema = schema.add(table.names().get(column), number ? "double" : "string");
        }
        List<Row> rows = table.cells().stream()
                .map(row -> RowFactory.create(row.stream()
                        .map(cell -> strings && cell != null ? shown(cell) : cell)
                        .toArray()))
                .toList();
        spark.createDataFrame(rows, schema).coalesce(1).write().parquet(file.toString());
    }

    private static String plain(@Nullable Object cell, String delimiter, String quote) {
        String text = shown(cell);
        return text.contains(delimiter) || text.indexOf('"') >= 0 ? quoted(text, quote) : text;
    }

    private static String quoted(String text, String quote) {
        return '"' + text.replace("\"", quote) + '"';
    }

    private static String shown(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        return cell instanceof Double number ? String.format(Locale.ROOT, "%s", number) : cell.toString();
    }
}
