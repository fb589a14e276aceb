package org.sparkgrad.job.assemble;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.job.read.CompactVectors;

/** Reads features of columns of any kind, side by side, a batch of rows at a time. */
final class MixedColumns implements BatchFeatures {
    private static final long serialVersionUID = 1L;

    private final List<FeatureColumn> parts;
    private final int features;
    private final int most;

    MixedColumns(List<FeatureColumn> parts) {
        this.parts = parts;
        this.features = parts.stream().mapToInt(FeatureColumn::width).sum();
        this.most = parts.stream().mapToInt(FeatureColumn::entries).sum();
    }

    @Override
    public int count() {
        return features;
    }

    @Override
    public int rowsFrom(ColumnBatch batch, int from) {
        return MOST_VALUES / most;
    }

    @Override
    public @Nullable RowBatch read(BatchPart part, int[] labels, double[] weights) {
        RowEntries[] columns = new RowEntries[parts.size()];
        int column = 0;
        int feature = 0;
        for (int i = 0; i < columns.length; i++) {
            RowEntries entries = parts.get(i).entries(part.batch(), column, part.from(), part.rows(), feature);
            if (entries == null) {
                return null;
            }
            columns[i] = entries;
            column += parts.get(i).columns().size();
            feature += parts.get(i).width();
        }
        return read(columns, part, labels, weights);
    }

    private @Nullable RowBatch read(RowEntries[] columns, BatchPart part, int[] labels, double[] weights) {
        long[] ids = part.numbers();
        RowBatchBuilder builder = new RowBatchBuilder();
        int[] indices = new int[most];
        double[] values = new double[most];
        double[] all = new double[CompactVectors.isDense(features, most) ? features : 0];
        for (int place = 0; place < ids.length; place++) {
            int entries = 0;
            for (RowEntries column : columns) {
                entries = column.add(part.row(place), indices, values, entries);
                if (entries < 0) {
                    return null;
                }
            }
            boolean sparse = !CompactVectors.isDense(features, entries);
            if (!sparse) {
                Arrays.fill(all, 0);
                for (int i = 0; i < entries; i++) {
                    all[indices[i]] = values[i];
                }
            }
            builder.add(
                    ids[place],
                    labels[place],
                    weights[place],
                    (byte) 0,
                    sparse ? indices : null,
                    sparse ? values : all,
                    sparse ? entries : features);
        }
        return builder.take();
    }
}
