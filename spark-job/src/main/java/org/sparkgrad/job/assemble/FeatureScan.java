package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.sparkgrad.job.read.CellFormat;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * What one pass over a training table finds in its feature columns. Counts are whole numbers and sums are exact, so the
 * order of rows and partitions does not matter.
 */
final class FeatureScan implements Serializable {
    private static final long serialVersionUID = 1L;

    private final NumberScan[] numbers;
    private final TextScan[] texts;
    private long rows;
    private long incomplete;

    private FeatureScan(int numbers, int texts, CellFormat format, boolean levels) {
        this.numbers = Stream.generate(NumberScan::new).limit(numbers).toArray(NumberScan[]::new);
        this.texts =
                Stream.generate(() -> new TextScan(format, levels)).limit(texts).toArray(TextScan[]::new);
    }

    /**
     * Scans a table.
     *
     * @param numbers columns of numbers
     * @param texts columns of text
     * @param format how numbers are written as text
     * @param levels whether to count the levels of these
     */
    static FeatureScan of(
            Dataset<Row> table, List<String> numbers, List<String> texts, CellFormat format, boolean levels) {
        Column[] columns = Stream.concat(
                        Stream.of(functions.col(Table.ROW_NUMBER)),
                        Stream.concat(numbers.stream(), texts.stream()).map(ColumnReferences::column))
                .toArray(Column[]::new);
        int numberCount = numbers.size();
        int textCount = texts.size();
        return ShortJobs.treeAggregate(
                table.select(columns).toJavaRDD(),
                () -> new FeatureScan(numberCount, textCount, format, levels),
                FeatureScan::add,
                FeatureScan::merge);
    }

    private FeatureScan add(Row row) {
        boolean complete = true;
        for (int i = 0; i < numbers.length; i++) {
            complete &= !numbers[i].add(row.get(1 + i));
        }
        for (int i = 0; i < texts.length; i++) {
            texts[i].add(row.getLong(0), row.get(1 + numbers.length + i));
        }
        rows++;
        incomplete += complete ? 0 : 1;
        return this;
    }

    private FeatureScan merge(FeatureScan other) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i].add(other.numbers[i]);
        }
        for (int i = 0; i < texts.length; i++) {
            texts[i].add(other.texts[i]);
        }
        rows += other.rows;
        incomplete += other.incomplete;
        return this;
    }

    /** Returns what was found in a column of numbers. */
    NumberScan number(int index) {
        return numbers[index];
    }

    /** Returns what was found in a column of text. */
    TextScan text(int index) {
        return texts[index];
    }

    /** Returns how many rows there are. */
    long rows() {
        return rows;
    }

    /** Returns how many rows lack a number. */
    long incomplete() {
        return incomplete;
    }

    /** Returns how many cells are missing. */
    long missing() {
        return Stream.of(numbers).mapToLong(NumberScan::missing).sum()
                + Stream.of(texts).mapToLong(TextScan::missing).sum();
    }
}
