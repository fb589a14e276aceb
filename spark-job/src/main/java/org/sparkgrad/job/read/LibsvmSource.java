package org.sparkgrad.job.read;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.LibsvmLine.LineProblem;

/** The second pass over LIBSVM: batches of labels, weights, features and row numbers. */
final class LibsvmSource extends TextSource<VectorBlock> {
    private static final long serialVersionUID = 1L;

    private final LibsvmLayout layout;

    /** @param layout the result of the first pass */
    LibsvmSource(
            List<TextPartition> partitions,
            LibsvmLayout layout,
            SerializableConfiguration configuration,
            @Nullable KeptBlocks<VectorBlock> kept) {
        super(partitions, configuration, kept);
        this.layout = layout;
    }

    @Override
    public StructType schema() {
        return layout.schema();
    }

    @Override
    @Nullable
    ColumnarBatch batch(VectorBlock rows, FileBlock block, int[] columns) {
        return rows.rows() == 0 ? null : layout.batch(rows, columns, layout.firstRow(block));
    }

    @Override
    SplitBatches.Reader open(TextSplit split, int[] columns, Configuration files) {
        TextRecords lines = split.open(CsvDialect.LINES, files);
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
