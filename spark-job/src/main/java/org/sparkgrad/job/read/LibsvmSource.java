package org.sparkgrad.job.read;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.LibsvmLine.LineProblem;

/** The second pass over LIBSVM: batches of labels, weights, features and row numbers. */
final class LibsvmSource implements BatchSource<TextPartition> {
    private static final long serialVersionUID = 1L;

    private final List<TextPartition> partitions;
    private final LibsvmLayout layout;
    private final SerializableConfiguration configuration;
    private final @Nullable String keptId;
    /** Keeps the rows from the garbage collection as long as the table is read. */
    private final transient @Nullable KeptBlocks<VectorBlock> kept;

    /** @param layout the result of the first pass */
    LibsvmSource(
            List<TextPartition> partitions,
            LibsvmLayout layout,
            SerializableConfiguration configuration,
            @Nullable KeptBlocks<VectorBlock> kept) {
        this.partitions = partitions;
        this.layout = layout;
        this.configuration = configuration;
        this.kept = kept;
        this.keptId = KeptBlocks.idOf(kept);
    }

    @Override
    public StructType schema() {
        return layout.schema();
    }

    @Override
    public List<TextPartition> partitions() {
        return partitions;
    }

    /** Releases cells that are kept in memory. Reading goes on without them. */
    void release() {
        if (kept != null) {
            kept.release();
        }
    }

    @Override
    public Iterator<ColumnarBatch> read(TextPartition partition, int[] columns) {
        KeptBlocks<VectorBlock> blocks = KeptBlocks.of(keptId);
        return new SplitBatches(partition) {
            @Override
            @Nullable
            ColumnarBatch kept(TextSplit split) {
                VectorBlock rows = blocks == null ? null : blocks.get(split.block());
                return rows == null || rows.rows() == 0
                        ? null
                        : layout.batch(rows, columns, layout.firstRow(split.block()));
            }

            @Override
            Reader open(TextSplit split) {
                return reader(split, columns);
            }
        };
    }

    private SplitBatches.Reader reader(TextSplit split, int[] columns) {
        TextRecords lines = split.open(CsvDialect.LINES, configuration.value());
        LibsvmRecord line = new LibsvmRecord(layout.dialect());
        return new SplitBatches.Reader(lines) {
            private long rowNumber = layout.firstRow(split.block());

            @Override
            @Nullable
            ColumnarBatch next() {
                VectorBlock block = new VectorBlock();
                try {
                    while (!block.isBatch() && lines.next()) {
                        line.read(lines);
                        if (!line.isEmpty()) {
                            line.addTo(block);
                        }
                    }
                } catch (LineProblem wrong) {
                    throw JobException.data(split.block().path() + " changed while it was read: " + wrong.text() + ".");
                }
                ColumnarBatch batch = layout.batch(block, columns, rowNumber);
                rowNumber += block.rows();
                return block.rows() == 0 ? null : batch;
            }
        };
    }
}
