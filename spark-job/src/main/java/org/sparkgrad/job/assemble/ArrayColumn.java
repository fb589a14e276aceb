package org.sparkgrad.job.assemble;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.score.ModelColumn;

/**
 * A column of arrays of numbers, all of one length. Each element is one feature.
 *
 * @param name the column
 * @param width the length of the arrays
 */
record ArrayColumn(String name, int width) implements FeatureColumn {
    @Override
    public List<String> columns() {
        return List.of(name);
    }

    @Override
    public List<String> featureNames() {
        return IntStream.range(0, width)
                .mapToObj(element -> name + "_" + element)
                .toList();
    }

    @Override
    public int entries() {
        return width;
    }

    @Override
    public ModelColumn described() {
        return new ModelColumn.Array(name, width);
    }

    @Override
    public @Nullable RowEntries entries(ColumnBatch batch, int column, int from, int rows, int first) {
        StoredArrays arrays = new StoredArrays(batch.column(column));
        double[] numbers = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            if (!arrays.copy(from + row, width, numbers, row * width)) {
                return null;
            }
        }
        return (row, indices, values, count) -> {
            int next = count;
            for (int element = 0; element < width; element++) {
                double number = numbers[row * width + element];
                if (!Double.isFinite(number)) {
                    return -1;
                }
                if (number != 0) {
                    indices[next] = first + element;
                    values[next++] = number;
                }
            }
            return next;
        };
    }

    @Override
    public void read(long number, Row row, int[] places, int column, int first, FeatureRow features) {
        List<?> elements = row.isNullAt(places[column]) ? List.of() : row.getList(places[column]);
        if (elements.size() != width) {
            throw JobException.data("Row " + number + " has an array of " + elements.size() + " numbers in column "
                    + name + ", where " + width + " are expected: mend it, or leave the row out.");
        }
        for (int element = 0; element < width; element++) {
            features.add(first + element, NumberCells.of(number, name, elements.get(element)));
        }
    }
}
