package org.sparkgrad.job.ml.dataset;

import java.io.Serializable;
import java.util.Arrays;
import org.apache.spark.ml.util.MetadataUtils$;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.shard.DataSize;

/** The counts of one pass over some rows of a Dataset. */
public final class DatasetShape implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MOST_CLASSES = 1_000_000;

    private long rows;
    private long entries;
    private int features = -1;
    private int otherFeatures = -1;
    private long[] weighing = new long[2];
    private int highestLabel = -1;

    /** Counts a row that has been scanned. */
    void add(StoredRow row) {
        rows++;
        entries += row.nonzeros();
        see(row.features());
        if (row.weight() == 0) {
            return; // as in MLlib, labels that only such rows have are no classes
        }
        int label = (int) row.label();
        highestLabel = Math.max(highestLabel, label);
        if (label < MOST_CLASSES) {
            reach(label);
            weighing[label]++;
        }
    }

    DatasetShape merge(DatasetShape other) {
        rows += other.rows;
        entries += other.entries;
        see(other.features);
        see(other.otherFeatures);
        reach(other.weighing.length - 1);
        for (int label = 0; label < other.weighing.length; label++) {
            weighing[label] += other.weighing[label];
        }
        highestLabel = Math.max(highestLabel, other.highestLabel);
        return this;
    }

    private void reach(int label) {
        if (label >= weighing.length) {
            weighing = Arrays.copyOf(weighing, Math.max(label + 1, 2 * weighing.length));
        }
    }

    private void see(int size) {
        if (size < 0 || size == features) {
            return;
        }
        if (features < 0) {
            features = size;
        } else {
            otherFeatures = Math.max(otherFeatures, size);
        }
    }

    /**
     * Checks that the rows can be trained on.
     *
     * @throws IllegalArgumentException for no rows, no weight, or vectors of different sizes
     */
    public void check() {
        if (rows == 0) {
            throw new IllegalArgumentException("The dataset has no rows to train on.");
        }
        if (otherFeatures >= 0) {
            throw new IllegalArgumentException("The features are vectors of different sizes, " + features + " and "
                    + otherFeatures + ": make all the same.");
        }
        if (highestLabel >= MOST_CLASSES) {
            throw new IllegalArgumentException("The label " + highestLabel + " is none of " + MOST_CLASSES
                    + " classes: index the labels from 0 (StringIndexer).");
        }
        if (Arrays.stream(weighing).sum() == 0) {
            throw new IllegalArgumentException("All instance weights are 0: nothing can be learned.");
        }
    }

    /** Returns N. */
    public long rows() {
        return rows;
    }

    /** Returns the size of the data. */
    public DataSize size() {
        return DataSize.of(Dense.AUTO, rows, features, entries);
    }

    /** Returns F. */
    public int features() {
        return features;
    }

    /** Returns the number of classes, from the largest label. */
    public int classes() {
        return highestLabel + 1;
    }

    /**
     * Returns the number of classes, from the label's metadata, else from the largest label.
     *
     * @throws IllegalArgumentException if a label is not in the metadata
     */
    public int classes(StructType schema, String labelCol) {
        var known = MetadataUtils$.MODULE$.getNumClasses(schema.apply(labelCol));
        if (known.isEmpty()) {
            return classes();
        }
        int classes = (int) known.get();
        if (classes < classes()) {
            throw new IllegalArgumentException("The label column " + labelCol + " is said to have " + classes
                    + " classes and has the label " + (classes() - 1) + ".");
        }
        return classes;
    }

    /** Returns the only class of all rows with a weight above 0, or -1 if there are several. */
    public int onlyClass() {
        int only = -1;
        for (int label = 0; label < weighing.length; label++) {
            if (weighing[label] > 0) {
                if (only >= 0) {
                    return -1;
                }
                only = label;
            }
        }
        return only;
    }
}
