package org.sparkgrad.job.read;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/** The second pass over delimited text: batches of typed cells and row numbers. */
final class CsvSource extends TextSource<CsvBlock> {
    private static final long serialVersionUID = 1L;

    private final CsvDialect dialect;
    private final CellFormat format;
    private final CsvLayout layout;

    /** @param layout the result of the first pass */
    CsvSource(
            List<TextPartition> partitions,
            CsvDialect dialect,
            CellFormat format,
            CsvLayout layout,
            SerializableConfiguration configuration,
            @Nullable KeptBlocks<CsvBlock> kept) {
        super(partitions, configuration, kept);
        this.dialect = dialect;
        this.format = format;
        this.layout = layout;
    }

    @Override
    public StructType schema() {
        return layout.schema();
    }

    @Override
    @Nullable
    ColumnarBatch batch(CsvBlock cells, FileBlock block, int[] columns) {
        return cells.rows() == 0 ? null : layout.batch(cells.columns(), columns, cells.rows(), layout.firstRow(block));
    }

    @Override
    SplitBatches.Reader open(TextSplit split, int[] columns, Configuration files) {
        return new CsvReader(split, columns, dialect, format, layout, files);
    }
}
