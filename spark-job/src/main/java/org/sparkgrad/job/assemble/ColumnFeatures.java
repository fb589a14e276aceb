package org.sparkgrad.job.assemble;

import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.score.ModelColumn;

/**
 * Features from number columns, one-hot text columns and hashed text columns, side by side.
 *
 * @param parts the columns in the order of their features
 * @param dropsMissing whether rows with a missing number are dropped
 */
record ColumnFeatures(List<FeatureColumn> parts, boolean dropsMissing) implements Features {
    @Override
    public int count() {
        return parts.stream().mapToInt(FeatureColumn::width).sum();
    }

    @Override
    public List<String> names() {
        return parts.stream().flatMap(part -> part.featureNames().stream()).toList();
    }

    @Override
    public List<String> columns() {
        return parts.stream().flatMap(part -> part.columns().stream()).toList();
    }

    /** Returns the number columns. */
    List<String> numbers() {
        return parts.stream()
                .filter(NumberColumn.class::isInstance)
                .flatMap(part -> part.columns().stream())
                .toList();
    }

    /** Returns the text columns. */
    List<String> texts() {
        return parts.stream()
                .filter(part -> part instanceof LevelColumn || part instanceof HashedColumns)
                .flatMap(part -> part.columns().stream())
                .toList();
    }

    @Override
    public List<ModelColumn> described() {
        return parts.stream().map(FeatureColumn::described).toList();
    }

    private long rowEntries() {
        return parts.stream().mapToLong(FeatureColumn::entries).sum();
    }

    @Override
    public List<String> countedColumns() {
        return List.of();
    }

    @Override
    public long entries(ColumnBatch batch) {
        return batch.rows() * rowEntries();
    }

    @Override
    public Dataset<Row> readable(Dataset<Row> table) {
        ColumnTypes.checkNumbers(table, numbers(), "feature");
        parts.stream()
                .filter(ArrayColumn.class::isInstance)
                .forEach(part -> ColumnTypes.checkArray(table, part.columns().get(0)));
        Dataset<Row> rows = ColumnTypes.withText(table, texts());
        return dropsMissing ? rows.filter(complete(table)) : rows;
    }

    private Column complete(Dataset<Row> table) {
        Column complete = lit(true);
        for (String name : numbers()) {
            Column cell = ColumnReferences.column(name);
            DataType type = table.schema().apply(name).dataType();
            boolean mayBeNaN = type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType);
            complete = complete.and(cell.isNotNull());
            complete = mayBeNaN ? complete.and(not(isnan(cell))) : complete;
        }
        return complete;
    }

    @Override
    public Vector read(long number, Row row, int[] places) {
        FeatureRow features = new FeatureRow(parts.size());
        int column = 0;
        int feature = 0;
        for (FeatureColumn part : parts) {
            part.read(number, row, places, column, feature, features);
            column += part.columns().size();
            feature += part.width();
        }
        return features.vector(feature);
    }

    @Override
    public BatchFeatures inBatches(StructType schema) {
        return DenseColumns.of(parts, schema).orElseGet(() -> new MixedColumns(parts));
    }
}
