package org.sparkgrad.job.assemble;

import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.score.ModelColumn;

/**
 * A number column that is one feature.
 *
 * @param name the column
 * @param substitute the value for missing numbers; null makes a missing number an error
 */
record NumberColumn(String name, @Nullable Double substitute) implements FeatureColumn {
    @Override
    public List<String> columns() {
        return List.of(name);
    }

    @Override
    public int width() {
        return 1;
    }

    @Override
    public List<String> featureNames() {
        return List.of(name);
    }

    @Override
    public ModelColumn described() {
        return new ModelColumn.Numeric(name, substitute);
    }

    @Override
    public RowEntries entries(ColumnBatch batch, int column, int from, int rows, int first) {
        double[] numbers = ColumnNumbers.doubles(batch.column(column), from, rows, substitute);
        return (row, indices, values, count) -> {
            double number = numbers[row];
            if (number == 0) {
                return count;
            }
            indices[count] = first;
            values[count] = number;
            return Double.isFinite(number) ? count + 1 : -1;
        };
    }

    @Override
    public void read(long number, Row row, int[] places, int column, int first, FeatureRow features) {
        Object cell = row.get(places[column]);
        if (!NumberCells.isMissing(cell)) {
            features.add(first, NumberCells.of(number, name, cell));
        } else if (substitute != null) {
            features.add(first, substitute);
        } else {
            throw JobException.data("Row " + number + " has " + (cell == null ? "no number" : cell) + " in column "
                    + name + ": fill it in, choose --missing mean or --missing drop, or ignore the column.");
        }
    }
}
