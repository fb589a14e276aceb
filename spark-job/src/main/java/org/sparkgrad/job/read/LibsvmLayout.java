package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.sparkgrad.job.problem.JobException;

/**
 * The width of all rows, and the first row number of each block.
 *
 * @param dialect the syntax of the lines, with F
 * @param weighted whether lines have weights
 * @param firstRow the row number of each block's first record
 */
record LibsvmLayout(LibsvmDialect dialect, boolean weighted, Map<FileBlock, Long> firstRow) implements Serializable {
    /**
     * Merges the scans of all blocks, in any order.
     *
     * @throws JobException with file and line for the first wrong line, or if there is no row or no feature at all
     */
    static LibsvmLayout of(List<LibsvmScan> scans, LibsvmDialect dialect) {
        List<LibsvmScan> ordered = scans.stream()
                .sorted(Comparator.comparing(LibsvmScan::block, FileBlock.PATH_ORDER))
                .toList();
        Map<FileBlock, Long> firstRow = new HashMap<>();
        String file = "";
        long lines = 0;
        long rows = 0;
        long weighted = 0;
        int width = 0;
        for (LibsvmScan scan : ordered) {
            lines = scan.lines() + (scan.block().file().equals(file) ? lines : 0);
            file = scan.block().file();
            if (scan.problem() != null) {
                throw JobException.data(
                        scan.block().path() + " line " + lines + ": " + scan.problem() + ".\nA line is a label, then"
                                + " index:value of each feature that is not zero, indices ascending.");
            }
            firstRow.put(scan.block(), rows);
            if (rows > 0 && scan.rows() > 0 && (scan.weighted() > 0) != (weighted > 0)) {
                throw JobException.data(scan.block().path() + (scan.weighted() > 0 ? " has" : " has no")
                        + " weights after its labels, unlike the lines before: give each line one (label:weight).");
            }
            weighted += scan.weighted();
            rows += scan.rows();
            width = Math.max(width, scan.width());
        }
        if (rows == 0) {
            throw JobException.data(
                    ReadProblems.noRows(ordered.stream().map(LibsvmScan::block).toList(), ""));
        }
        if (width == 0) {
            throw JobException.data("No row of the files has a feature (index:value); the first is "
                    + ordered.get(0).block().path() + ".");
        }
        return new LibsvmLayout(dialect.withFeatures(width), weighted > 0, Map.copyOf(firstRow));
    }

    /** Returns the same layout for wider rows. */
    LibsvmLayout withFeatures(int wider) {
        return new LibsvmLayout(dialect.withFeatures(wider), weighted, firstRow);
    }

    /** Returns the columns of Spark's own reader, the weight if there is one, and the row number. */
    StructType schema() {
        StructType schema = new StructType().add(VectorBlock.LABEL, DataTypes.DoubleType, false);
        if (weighted) {
            schema = schema.add(VectorBlock.WEIGHT, DataTypes.DoubleType, false);
        }
        return schema.add(new AttributeGroup(VectorBlock.FEATURES, dialect.features()).toStructField())
                .add(Table.ROW_NUMBER, DataTypes.LongType, false);
    }

    /** Returns rows as a batch of some columns of the schema. */
    ColumnarBatch batch(VectorBlock rows, int[] columns, long firstRow) {
        return rows.batch(schema(), dialect.features(), false, columns, firstRow);
    }

    /** Returns the row number of a block's first record. */
    long firstRow(FileBlock block) {
        Long row = firstRow.get(block);
        if (row == null) {
            throw new IllegalStateException(block + " was not there when the files were first read");
        }
        return row;
    }
}
