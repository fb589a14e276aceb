package org.sparkgrad.job.assemble;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.CompactVectors;
import org.sparkgrad.score.ModelColumn;

/**
 * The vectors of one column, used unchanged.
 *
 * @param column the name of the column
 * @param count F
 */
record VectorFeatures(String column, int count) implements Features {
    /**
     * Returns the features of a training table. F is the number in the column's attributes, else the size of the first
     * vector.
     *
     * @throws JobException if there is no row, or if the first row has no vector
     */
    static VectorFeatures of(Dataset<Row> table, String column) {
        int known = AttributeGroup.fromStructField(table.schema().apply(column)).size();
        if (known > 0) {
            return new VectorFeatures(column, known);
        }
        List<Row> first = table.select(ColumnReferences.column(column)).takeAsList(1);
        if (first.isEmpty()) {
            throw JobException.data("The table has no rows.");
        }
        if (first.get(0).isNullAt(0)) {
            throw JobException.data("The feature column " + column + " has a row without a vector.");
        }
        return new VectorFeatures(column, first.get(0).<Vector>getAs(0).size());
    }

    @Override
    public List<String> names() {
        return IntStream.range(0, count).mapToObj(j -> column + "_" + j).toList();
    }

    @Override
    public List<String> columns() {
        return List.of(column);
    }

    @Override
    public List<ModelColumn> described() {
        return List.of(new ModelColumn.Vector(column, count));
    }

    @Override
    public List<String> countedColumns() {
        return List.of(column);
    }

    @Override
    public long entries(ColumnBatch batch) {
        return new StoredVectors(count).nonzeros(batch);
    }

    @Override
    public Dataset<Row> readable(Dataset<Row> table) {
        DataType type = table.schema().apply(column).dataType();
        if (!type.equals(SQLDataTypes.VectorType())) {
            throw JobException.data("The feature column " + column + " holds " + type.simpleString()
                    + ", where vectors are needed, as in the training table.");
        }
        return table;
    }

    @Override
    public Vector read(long number, Row row, int[] places) {
        if (!(row.get(places[0]) instanceof Vector vector)) {
            throw JobException.data("Row " + number + " has no vector in column " + column + ": leave it out.");
        }
        if (vector.size() != count) {
            throw JobException.data("Row " + number + " has a vector of " + vector.size() + " features in column "
                    + column + ", where " + count + " are expected.");
        }
        for (double value : CompactVectors.stored(vector)) {
            NumberCells.finite(number, column, value);
        }
        return CompactVectors.of(vector);
    }

    @Override
    public BatchFeatures inBatches(StructType schema) {
        return new StoredVectors(count);
    }
}
