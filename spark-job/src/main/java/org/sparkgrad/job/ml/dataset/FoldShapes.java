package org.sparkgrad.job.ml.dataset;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparkgrad.job.spark.ShortJobs;

/** The counts of one pass over a Dataset's rows, for each fold. */
public final class FoldShapes implements Serializable {
    private static final long serialVersionUID = 1L;

    private final DatasetShape[] byFold;

    private FoldShapes(int folds) {
        byFold = IntStream.range(0, folds).mapToObj(fold -> new DatasetShape()).toArray(DatasetShape[]::new);
    }

    /** Counts rows. */
    public static FoldShapes of(JavaRDD<InternalRow> rows, int folds) {
        JavaRDD<FoldShapes> parts =
                rows.mapPartitions(partition -> List.of(of(partition, folds)).iterator());
        return ShortJobs.treeAggregate(parts, () -> new FoldShapes(folds), FoldShapes::merge, FoldShapes::merge);
    }

    private static FoldShapes of(Iterator<InternalRow> rows, int folds) {
        FoldShapes shapes = new FoldShapes(folds);
        StoredRow row = new StoredRow();
        while (rows.hasNext()) {
            row.read(rows.next());
            RowScan.count(row);
            shapes.add(row);
        }
        return shapes;
    }

    private void add(StoredRow row) {
        if (row.fold() < 0 || row.fold() >= byFold.length) {
            throw new IllegalArgumentException(
                    "Fold number must be in range [0, %d), but got %d.".formatted(byFold.length, row.fold()));
        }
        byFold[row.fold()].add(row);
    }

    private FoldShapes merge(FoldShapes other) {
        for (int fold = 0; fold < byFold.length; fold++) {
            byFold[fold].merge(other.byFold[fold]);
        }
        return this;
    }

    /**
     * Returns the shape of all rows except one fold, or of all rows for {@link org.sparkgrad.gpu.block.GridModel#NONE}.
     */
    public DatasetShape without(int leftOut) {
        DatasetShape sum = new DatasetShape();
        for (int fold = 0; fold < byFold.length; fold++) {
            if (fold != leftOut) {
                sum.merge(byFold[fold]);
            }
        }
        return sum;
    }

    /**
     * Checks that every fold has rows.
     *
     * @throws IllegalArgumentException if a fold has no rows, so that nothing can be validated on it
     */
    public void check() {
        for (int fold = 0; fold < byFold.length; fold++) {
            if (byFold[fold].rows() == 0) {
                throw new IllegalArgumentException("There are no rows in fold " + fold + " of " + byFold.length + ".");
            }
        }
    }
}
