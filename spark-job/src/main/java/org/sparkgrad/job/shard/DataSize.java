package org.sparkgrad.job.shard;

import org.apache.spark.api.java.JavaRDD;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * The size of data, from which the memory for their blocks follows.
 *
 * @param rows N
 * @param features F
 * @param entries the number of non-zero features of all rows; number and text cells count whatever their value is
 * @param sparse whether blocks omit zeros
 */
public record DataSize(long rows, int features, long entries, boolean sparse) {
    private static final long LABEL_AND_WEIGHT = Float.BYTES + Double.BYTES;

    /** Returns the size of data; {@link Sparsity} decides whether their blocks are dense or sparse. */
    public static DataSize of(Dense dense, long rows, int features, long entries) {
        return new DataSize(rows, features, entries, Sparsity.isSparse(dense, rows, entries, features));
    }

    /** Returns the approximate size of a share of the rows, from 0 to 1. */
    public DataSize share(double part) {
        return new DataSize((long) Math.ceil(part * rows), features, (long) Math.ceil(part * entries), sparse);
    }

    /** Measures rows, in one job. */
    public static DataSize of(JavaRDD<RowBatch> batches, Dense dense, int features) {
        long[] counts = ShortJobs.treeAggregate(
                batches,
                () -> new long[2],
                (sum, batch) -> new long[] {sum[0] + batch.rows(), sum[1] + batch.nonzeros()},
                (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
        return of(dense, counts[0], features, counts[1]);
    }

    /** Returns the bytes of all rows in the shuffle, for numbers that do not fit single precision. */
    long packedBytes() {
        long numbers = sparse ? entries * (Integer.BYTES + Double.BYTES) : rows * features * Double.BYTES;
        return rows * RowBatch.ROW + numbers;
    }

    /** Returns the bytes of all blocks. */
    public long blockBytes(Precision precision) {
        return sparse
                ? entries * (Integer.BYTES + precision.bytes()) + rows * (Integer.BYTES + LABEL_AND_WEIGHT)
                : rows * ((long) features * precision.bytes() + LABEL_AND_WEIGHT);
    }
}
