package org.sparkgrad.job.read;

import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The second pass over text: the cells that the first pass kept, and those that are read again.
 *
 * @param <T> the cells of a split
 */
abstract class TextSource<T> implements BatchSource<TextPartition> {
    private static final long serialVersionUID = 1L;

    private final List<TextPartition> partitions;
    private final SerializableConfiguration configuration;
    private final @Nullable String keptId;
    /** Keeps the cells from the garbage collection as long as the table is read. */
    private final transient @Nullable KeptBlocks<T> kept;

    TextSource(List<TextPartition> partitions, SerializableConfiguration configuration, @Nullable KeptBlocks<T> kept) {
        this.partitions = partitions;
        this.configuration = configuration;
        this.kept = kept;
        this.keptId = KeptBlocks.idOf(kept);
    }

    /** Returns columns of the kept cells of a split; null if it has no rows. */
    abstract @Nullable ColumnarBatch batch(T cells, FileBlock block, int[] columns);

    /** Begins to read a split again. */
    abstract SplitBatches.Reader open(TextSplit split, int[] columns, Configuration files);

    @Override
    public final List<TextPartition> partitions() {
        return partitions;
    }

    /** Releases cells that are kept in memory. Reading goes on without them. */
    final void release() {
        if (kept != null) {
            kept.release();
        }
    }

    @Override
    public final Iterator<ColumnarBatch> read(TextPartition partition, int[] columns) {
        KeptBlocks<T> blocks = KeptBlocks.of(keptId);
        return new SplitBatches(partition) {
            @Override
            @Nullable
            ColumnarBatch kept(TextSplit split) {
                T cells = blocks == null ? null : blocks.get(split.block());
                return cells == null ? null : batch(cells, split.block(), columns);
            }

            @Override
            Reader open(TextSplit split) {
                return TextSource.this.open(split, columns, configuration.value());
            }
        };
    }
}
