package org.sparkgrad.job.assemble;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.ColumnBatches;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.spark.ShortJobs;

/** Counts the values of a label column, and the features that are not zero. */
final class LabelScan implements Serializable {
    private static final long serialVersionUID = 1L;

    /** More values than these are no classes, and are not counted. */
    private static final int MOST = LabelFit.MOST_LABELS + 2;

    private final HashMap<@Nullable Object, LabelCount> counts = new HashMap<>();
    private final HashMap<Integer, List<Object>> codes = new HashMap<>();
    private long entries;

    private LabelScan() {}

    /**
     * Reads a table.
     *
     * @param features the reader of features
     */
    static LabelScan of(Dataset<Row> table, String column, Features features) {
        Column cell = ColumnReferences.column(column);
        List<Column> read = new ArrayList<>();
        features.countedColumns().forEach(name -> read.add(ColumnReferences.column(name)));
        int label = read.size();
        read.add(cell);
        boolean withTexts = isDecimal(table.schema(), column);
        if (withTexts) {
            read.add(cell.cast("string"));
        }
        read.add(col(Table.ROW_NUMBER));
        return ShortJobs.treeAggregate(
                ColumnBatches.of(table.select(read.toArray(Column[]::new))).batches(),
                LabelScan::new,
                (scan, batch) -> scan.add(batch, label, withTexts ? label + 1 : label, features),
                LabelScan::merge);
    }

    /** Returns whether Spark alone knows the texts of a label column: how it writes decimals depends on its settings. */
    static boolean isDecimal(StructType schema, String label) {
        return schema.apply(label).dataType() instanceof DecimalType;
    }

    /**
     * Reads a table by columns, and passes its rows on with codes as labels.
     *
     * @param features the reader of features
     * @param keeper receives the rows, until one of them cannot be read together with others
     */
    static LabelScan keeping(ColumnarRows table, Features features, BatchKeeper keeper) {
        BatchRows together = table.together();
        LabelScan all = new LabelScan();
        ShortJobs.collect(table.batches()
                        .mapPartitionsWithIndex(
                                (partition, batches) -> List.of(keep(partition, batches, together, features, keeper))
                                        .iterator(),
                                true))
                .forEach(all::merge);
        return all;
    }

    private static LabelScan keep(
            int partition, Iterator<ColumnBatch> batches, BatchRows together, Features features, BatchKeeper keeper) {
        LabelScan scan = new LabelScan();
        LabelCodes codes = LabelCodes.byAppearance();
        BatchKeeper.KeptPartition kept = keeper.open(partition);
        boolean keeping = true;
        while (batches.hasNext()) {
            ColumnBatch batch = batches.next();
            scan.add(batch, together.label(), together.label(), features);
            int count;
            for (int from = 0; keeping && from < batch.rows(); from += count) {
                count = together.rowsFrom(batch, from);
                int[] order = kept.order(batch.numbers(from, count));
                RowBatch rows = together.read(new BatchPart(batch, from, order), codes);
                if (rows == null) {
                    kept.giveUp();
                }
                keeping = rows != null && kept.add(rows);
            }
        }
        kept.end();
        scan.codes.put(partition, codes.cells());
        return scan;
    }

    private LabelScan add(ColumnBatch batch, int label, int text, Features features) {
        ColumnVector column = batch.column(label);
        ColumnVector texts = batch.column(text);
        Object last = null;
        long run = 0;
        int first = 0;
        for (int row = 0; row < batch.rows(); row++) {
            Object cell = LabelCells.of(column, row);
            if (run > 0 && Objects.equals(cell, last)) {
                run++;
                continue;
            }
            count(last, run, batch, first, texts);
            last = cell;
            run = 1;
            first = row;
        }
        count(last, run, batch, first, texts);
        entries += features.entries(batch);
        return this;
    }

    /** Counts rows with one cell, one after the other. */
    private void count(@Nullable Object cell, long rows, ColumnBatch batch, int first, ColumnVector texts) {
        if (rows > 0) {
            // 0.0 and -0.0 are one value, of two texts.
            Object value = cell instanceof Double number
                    ? (Object) (number + 0.0)
                    : cell instanceof Float number ? (Object) (number + 0.0f) : cell;
            Object text = LabelCells.of(texts, first);
            count(new LabelCount(value, text == null ? null : text.toString(), rows, batch.number(first)));
        }
    }

    private void count(LabelCount found) {
        if (counts.size() < MOST || counts.containsKey(found.value())) {
            counts.merge(found.value(), found, LabelCount::merge);
        }
    }

    private LabelScan merge(LabelScan other) {
        other.counts.values().forEach(this::count);
        entries += other.entries;
        codes.putAll(other.codes);
        return this;
    }

    /** Returns, by partition, the cell of each code that kept rows have as labels. */
    Map<Integer, List<Object>> codes() {
        return codes;
    }

    /** Returns the count of each value; if there are more than {@link LabelFit#MOST_LABELS}, of some of them. */
    Map<@Nullable Object, LabelCount> counts() {
        return counts;
    }

    /** Returns the number of features of all rows that are not zero. */
    long entries() {
        return entries;
    }
}
