package org.sparkgrad.job.assemble;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.CompactVectors;

/** Reads features that are columns of numbers and the levels of text columns, side by side, a batch of rows at a time. */
final class MixedColumns implements BatchFeatures {
    private static final long serialVersionUID = 1L;

    private final List<FeatureColumn> parts;
    private final int features;

    private MixedColumns(List<FeatureColumn> parts) {
        this.parts = parts;
        this.features = parts.stream().mapToInt(FeatureColumn::width).sum();
    }

    /**
     * Returns the reader of some features; empty if other columns than numbers and texts with levels are among them.
     *
     * @param schema the types of the columns, in the order of the parts
     */
    static Optional<BatchFeatures> of(List<FeatureColumn> parts, StructType schema) {
        for (int i = 0; i < parts.size(); i++) {
            DataType type = schema.apply(i).dataType();
            boolean read = parts.get(i) instanceof NumberColumn && ColumnNumbers.canRead(type);
            if (!read && !(parts.get(i) instanceof LevelColumn && type instanceof StringType)) {
                return Optional.empty();
            }
        }
        return Optional.of(new MixedColumns(parts));
    }

    @Override
    public int count() {
        return features;
    }

    @Override
    public int rowsFrom(ColumnBatch batch, int from) {
        return MOST_VALUES / parts.size();
    }

    @Override
    public @Nullable RowBatch read(ColumnBatch batch, int from, int rows, int[] labels, double[] weights) {
        double[][] numbers = new double[parts.size()][];
        int[][] levels = new int[parts.size()][];
        int[] firsts = new int[parts.size()];
        int feature = 0;
        for (int i = 0; i < parts.size(); i++) {
            firsts[i] = feature;
            feature += parts.get(i).width();
            if (parts.get(i) instanceof NumberColumn number) {
                numbers[i] = ColumnNumbers.doubles(batch.column(i), from, rows, number.substitute());
            } else if (parts.get(i) instanceof LevelColumn texts) {
                levels[i] = levels(texts, batch.column(i), from, rows);
            }
        }
        long[] ids = batch.numbers(from, rows);
        RowBatchBuilder builder = new RowBatchBuilder();
        int[] indices = new int[parts.size()];
        double[] values = new double[parts.size()];
        double[] all = new double[CompactVectors.isDense(features, parts.size()) ? features : 0];
        for (int row = 0; row < rows; row++) {
            int entries = 0;
            for (int i = 0; i < parts.size(); i++) {
                double value = numbers[i] == null ? 1 : numbers[i][row];
                if (!Double.isFinite(value)) {
                    return null;
                }
                boolean present = numbers[i] == null ? levels[i][row] >= 0 : value != 0;
                if (present) {
                    indices[entries] = firsts[i] + (numbers[i] == null ? levels[i][row] : 0);
                    values[entries++] = value;
                }
            }
            boolean sparse = !CompactVectors.isDense(features, entries);
            if (!sparse) {
                Arrays.fill(all, 0);
                for (int i = 0; i < entries; i++) {
                    all[indices[i]] = values[i];
                }
            }
            builder.add(
                    ids[row],
                    labels[row],
                    weights[row],
                    (byte) 0,
                    sparse ? indices : null,
                    sparse ? values : all,
                    sparse ? entries : features);
        }
        return builder.take();
    }

    /** Returns the level of each row; -1 for a missing text, and for one that no training row has. */
    private static int[] levels(LevelColumn column, ColumnVector cells, int from, int rows) {
        TextCells texts = new TextCells(cells, from, rows);
        int[] known = new int[texts.texts()];
        for (int code = 0; code < known.length; code++) {
            known[code] = column.level(texts.text(code));
        }
        int[] levels = new int[rows];
        for (int row = 0; row < rows; row++) {
            levels[row] = texts.code(row) < 0 ? -1 : known[texts.code(row)];
        }
        return levels;
    }
}
