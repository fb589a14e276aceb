package org.sparkgrad.job.read;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The second pass over delimited text: batches of typed cells and row numbers. */
final class CsvSource implements BatchSource<TextPartition> {
    private static final long serialVersionUID = 1L;

    private final List<TextPartition> partitions;
    private final CsvDialect dialect;
    private final CellFormat format;
    private final CsvLayout layout;
    private final SerializableConfiguration configuration;
    private final @Nullable String keptId;
    /** Keeps the cells from the garbage collection as long as the table is read. */
    private final transient @Nullable KeptBlocks<CsvBlock> kept;

    /** @param layout the result of the first pass */
    CsvSource(
            List<TextPartition> partitions,
            CsvDialect dialect,
            CellFormat format,
            CsvLayout layout,
            SerializableConfiguration configuration,
            @Nullable KeptBlocks<CsvBlock> kept) {
        this.partitions = partitions;
        this.dialect = dialect;
        this.format = format;
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
        KeptBlocks<CsvBlock> blocks = KeptBlocks.of(keptId);
        return new SplitBatches(partition) {
            @Override
            @Nullable
            ColumnarBatch kept(TextSplit split) {
                CsvBlock cells = blocks == null ? null : blocks.get(split.block());
                return cells == null || cells.rows() == 0
                        ? null
                        : layout.batch(cells.columns(), columns, cells.rows(), layout.firstRow(split.block()));
            }

            @Override
            Reader open(TextSplit split) {
                return new CsvReader(split, columns, dialect, format, layout, configuration.value());
            }
        };
    }
}
