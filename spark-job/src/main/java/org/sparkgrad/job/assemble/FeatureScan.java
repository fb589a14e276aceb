package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.sparkgrad.job.read.CellFormat;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.ColumnBatches;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * The results of one pass over the feature columns of a training table. Counts are whole numbers and sums are exact, so
 * the order of rows and partitions has no effect.
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
     * @param numbers the number columns
     * @param texts the text columns
     * @param format the format of numbers in text cells
     * @param levels whether the levels of the text columns are counted
     */
    static FeatureScan of(
            Dataset<Row> table, List<String> numbers, List<String> texts, CellFormat format, boolean levels) {
        Column[] columns = Stream.concat(
                        Stream.concat(numbers.stream(), texts.stream()).map(ColumnReferences::column),
                        Stream.of(functions.col(Table.ROW_NUMBER)))
                .toArray(Column[]::new);
        Dataset<Row> rows = table.select(columns);
        int numberCount = numbers.size();
        int textCount = texts.size();
        ShortJobs.Zero<FeatureScan> empty = () -> new FeatureScan(numberCount, textCount, format, levels);
        return ShortJobs.treeAggregate(ColumnBatches.of(rows).batches(), empty, FeatureScan::add, FeatureScan::merge);
    }

    private FeatureScan add(ColumnBatch batch) {
        boolean[] incompleteRow = new boolean[batch.rows()];
        for (int i = 0; i < numbers.length; i++) {
            double[] cells = ColumnNumbers.doubles(batch.column(i), 0, batch.rows(), null);
            for (int row = 0; row < cells.length; row++) {
                incompleteRow[row] |= numbers[i].add(cells[row]);
            }
        }
        for (int i = 0; i < texts.length; i++) {
            TextCells cells = new TextCells(batch.column(numbers.length + i), 0, batch.rows());
            long[] counts = new long[cells.texts()];
            long missing = 0;
            int[] first = new int[cells.texts()];
            for (int row = batch.rows() - 1; row >= 0; row--) {
                int code = cells.code(row);
                if (code < 0) {
                    missing++;
                } else {
                    counts[code]++;
                    first[code] = row;
                }
            }
            texts[i].addMissing(missing);
            for (int code = 0; code < counts.length; code++) {
                texts[i].add(batch.number(first[code]), cells.text(code), counts[code]);
            }
        }
        rows += batch.rows();
        for (boolean missing : incompleteRow) {
            incomplete += missing ? 1 : 0;
        }
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

    /** Returns the scan of a number column. */
    NumberScan number(int index) {
        return numbers[index];
    }

    /** Returns the scan of a text column. */
    TextScan text(int index) {
        return texts[index];
    }

    /** Returns the number of rows. */
    long rows() {
        return rows;
    }

    /** Returns the number of rows with a missing number. */
    long incomplete() {
        return incomplete;
    }

    /** Returns the number of missing cells. */
    long missing() {
        return Stream.of(numbers).mapToLong(NumberScan::missing).sum()
                + Stream.of(texts).mapToLong(TextScan::missing).sum();
    }
}
