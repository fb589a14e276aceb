package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;

/**
 * The properties that all blocks of a table share, and the first row number of each block.
 *
 * @param names the column names
 * @param cells the place of each column in a record
 * @param kinds the column kinds
 * @param firstRow the row number of each block's first record
 */
record CsvLayout(List<String> names, List<Integer> cells, List<CellKind> kinds, Map<FileBlock, Long> firstRow)
        implements Serializable {
    /** Returns the row number of a block's first record. */
    long firstRow(FileBlock block) {
        Long row = firstRow.get(block);
        if (row == null) {
            throw new IllegalStateException(block + " was not there when the files were first read");
        }
        return row;
    }

    /** Returns the columns and the row number. */
    StructType schema() {
        StructType schema = new StructType();
        for (int column = 0; column < names.size(); column++) {
            schema = schema.add(names.get(column), kinds.get(column).type(), true);
        }
        return schema.add(Table.ROW_NUMBER, DataTypes.LongType, false);
    }

    /** Returns whether a place in the schema is that of the row number. */
    boolean isRowNumber(int column) {
        return column == names.size();
    }

    /**
     * Returns rows as a batch; null if the cells of a column are not kept, or are not of its kind.
     *
     * @param read the cells of each place in a record
     * @param columns the places of the columns in the schema
     * @param firstRow the number of the first row
     */
    @Nullable
    ColumnarBatch batch(List<CellColumn> read, int[] columns, int rows, long firstRow) {
        ColumnVector[] vectors = new ColumnVector[columns.length];
        for (int i = 0; i < columns.length; i++) {
            CellVector vector = isRowNumber(columns[i])
                    ? new CellVector.RowNumbers(firstRow)
                    : read.get(cells.get(columns[i])).vector(kinds.get(columns[i]));
            if (vector == null) {
                return null;
            }
            vectors[i] = vector;
        }
        return new ColumnarBatch(vectors, rows);
    }
}
