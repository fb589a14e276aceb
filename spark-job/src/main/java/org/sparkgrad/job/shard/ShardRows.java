package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.assemble.RowSums;

/** The rows of one shard in the order of their keys, with features in the original scale. */
public final class ShardRows implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int number;
    private final int features;
    private final RowBatch[] packs;
    /** Row i of the shard is row {@code order[i] & 0xFFFFFFFF} of pack {@code order[i] >>> 32}. */
    private final long[] order;

    private final double @Nullable [] classWeights;

    ShardRows(int number, int features, Iterator<RowBatch> arrived) {
        List<RowBatch> list = new ArrayList<>();
        arrived.forEachRemaining(list::add);
        this.number = number;
        this.features = features;
        this.packs = list.toArray(new RowBatch[0]);
        long[] places = KeyOrder.places(packs);
        this.order = IntStream.of(KeyOrder.of(packs, places))
                .mapToLong(place -> places[place])
                .toArray();
        this.classWeights = null;
    }

    /** @param sorted all rows, in the order of their keys */
    ShardRows(int number, int features, RowBatch sorted) {
        this.number = number;
        this.features = features;
        this.packs = new RowBatch[] {sorted};
        this.order = LongStream.range(0, sorted.rows()).toArray();
        this.classWeights = null;
    }

    private ShardRows(ShardRows rows, long[] order, double @Nullable [] classWeights) {
        this.number = rows.number;
        this.features = rows.features;
        this.packs = rows.packs;
        this.order = order;
        this.classWeights = classWeights;
    }

    /** Returns the same rows with each weight multiplied by the weight of the row's class. */
    ShardRows weighted(double[] weights) {
        double[] product = weights.clone();
        for (int label = 0; classWeights != null && label < product.length; label++) {
            product[label] *= classWeights[label];
        }
        return new ShardRows(this, order, product);
    }

    /** Returns the rows of one fold. */
    ShardRows ofFold(int fold) {
        long[] kept = IntStream.range(0, rows())
                .filter(row -> fold(row) == fold)
                .mapToLong(row -> order[row])
                .toArray();
        return new ShardRows(this, kept, classWeights);
    }

    /** Returns the shard's number, from 0. */
    public int number() {
        return number;
    }

    /** Returns F. */
    public int features() {
        return features;
    }

    /** Returns N. */
    public int rows() {
        return order.length;
    }

    /** Returns the class index of a row. */
    public int label(int row) {
        return pack(row).labels()[(int) order[row]];
    }

    /** Returns the instance weight of a row. */
    public double weight(int row) {
        double weight = pack(row).weights()[(int) order[row]];
        return classWeights == null ? weight : weight * classWeights[label(row)];
    }

    /** Returns the fold of a row. */
    public int fold(int row) {
        return pack(row).folds()[(int) order[row]];
    }

    /** Calls the consumer with index and value of a row's features, in order; features without a call are 0. */
    public void forEachActive(int row, FeatureConsumer consumer) {
        RowBatch pack = pack(row);
        int r = (int) order[row];
        int start = pack.starts()[r];
        for (int i = start; i < pack.starts()[r + 1]; i++) {
            consumer.accept(
                    pack.indices() == null ? i - start : pack.indices()[i],
                    pack.values().get(i));
        }
    }

    /**
     * Returns the sum after adding each feature of a row times its coefficient, in order. The coefficients begin at the
     * offset.
     */
    public double add(double sum, int row, double[] coefficients, int offset) {
        return pack(row).add(sum, (int) order[row], coefficients, offset);
    }

    /**
     * Adds features times coefficients to the sums of adjacent rows, as {@link #add(double, int, double[], int)} does.
     *
     * @param sums a sum for each row from the first one on
     */
    public void add(double[] sums, int first, double[] coefficients, int offset) {
        int[] rows = new int[sums.length];
        boolean together = true;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (int) order[first + i];
            together &= pack(first + i) == pack(first);
        }
        if (together) {
            RowSums.add(pack(first), sums, rows, coefficients, offset);
            return;
        }
        for (int i = 0; i < rows.length; i++) {
            sums[i] = add(sums[i], first + i, coefficients, offset);
        }
    }

    /** Returns whether a row stores all features, including zeros. */
    boolean isComplete(int row) {
        return pack(row).indices() == null;
    }

    /** Writes the F features of a row. */
    void copy(int row, double[] into) {
        pack(row).copy((int) order[row], into);
    }

    private RowBatch pack(int row) {
        return packs[(int) (order[row] >>> 32)];
    }

    /** Receives a feature's index and value. */
    @FunctionalInterface
    public interface FeatureConsumer {
        /** Receives one feature of a row. */
        void accept(int index, double value);
    }
}
