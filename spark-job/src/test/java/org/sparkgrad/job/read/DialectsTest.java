package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.ScoreConfiguration;
import org.sparkgrad.job.problem.JobException;

/**
 * Tables by seeds, each written in ten ways: the table read is the one written, or it is refused with what to do. By default
 * the tables that bring a new shape or a new text, with -Dsparkgrad.full=true 300.
 */
class DialectsTest {
    private static final int TABLES = 300;

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSpark.interpreted();

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void theTableReadIsTheOneWritten(Dialect dialect) throws IOException {
        for (int seed : WrittenTable.seeds(TABLES, DialectsTest::kinds)) {
            WrittenTable table = WrittenTable.of(seed);
            Path file = folder.resolve(dialect + "-" + seed + "." + dialect.ending());
            dialect.write(table, file);
            if (dialect.refusal() != null && isBroken(table)) {
                JobException problem = assertThrows(JobException.class, () -> read(dialect, file));
                assertTrue(String.valueOf(problem.getMessage()).contains(dialect.refusal()), problem.getMessage());
            } else {
                assertEquals(expected(table), read(dialect, file), dialect + " of seed " + seed);
            }
        }
    }

    /** Columns, a label of text or numbers, cells missing or not: as one kind; and each text. */
    private static Set<?> kinds(WrittenTable table) {
        Set<Object> kinds = new HashSet<>();
        table.cells()
                .forEach(row -> row.stream().filter(String.class::isInstance).forEach(kinds::add));
        kinds.add(List.of(table.names(), table.hasTextLabel(), table.hasMissing()));
        return kinds;
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
        return Stream.concat(Stream.of(table.names()), table.cells().stream())
                .map(String::valueOf)
                .toList();
    }

    private List<String> read(Dialect dialect, Path file) {
        List<String> arguments =
                List.of(("--model none --data " + file + " " + dialect.options()).split(" +", -1)).stream()
                        .filter(word -> !word.isEmpty())
                        .toList();
        Table table =
                TableReader.read(spark, ScoreConfiguration.evaluate(arguments).data());
        List<Row> rows = new ArrayList<>(table.rows().collectAsList());
        int number = table.rows().columns().length - 1;
        rows.sort(Comparator.comparingLong(row -> row.getLong(number)));
        List<String> read = new ArrayList<>();
        read.add(List.of(table.rows().columns()).subList(0, number).toString());
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
}
