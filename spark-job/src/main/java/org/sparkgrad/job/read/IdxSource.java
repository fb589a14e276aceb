package org.sparkgrad.job.read;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The records of IDX files: the label if there are labels, F bytes divided by the scale, and the row number.
 *
 * @param pairs the files; one task reads the records of one pair
 * @param schema the columns
 * @param scale the divisor of a byte
 */
record IdxSource(List<IdxPair> pairs, StructType schema, double scale, SerializableConfiguration configuration)
        implements BatchSource<IdxPair> {
    private static final long serialVersionUID = 1L;

    private static final int BYTES = 256;

    @Override
    public List<IdxPair> partitions() {
        return pairs;
    }

    @Override
    public Iterator<ColumnarBatch> read(IdxPair pair, int[] columns) {
        return new Records(pair, columns, configuration.value());
    }

    private final class Records implements Iterator<ColumnarBatch> {
        private final IdxPair pair;
        private final int[] columns;
        private final IdxStream images;
        private final @Nullable IdxStream labels;
        private final byte[] image;
        private final byte[] label = new byte[1];
        private final double[] scaled = new double[BYTES];
        private final int[] indices;
        private final double[] values;
        private int row;

        Records(IdxPair pair, int[] columns, Configuration configuration) {
            this.pair = pair;
            this.columns = columns;
            this.images = IdxStream.open(configuration, pair.images());
            this.labels = pair.labels() == null ? null : IdxStream.open(configuration, pair.labels());
            this.image = new byte[pair.features()];
            this.indices = new int[pair.features()];
            this.values = new double[pair.features()];
            for (int b = 0; b < BYTES; b++) {
                scaled[b] = b / scale;
            }
            TaskContext task = TaskContext.get();
            if (task != null) {
                TaskCompletionListener closing = context -> close();
                task.addTaskCompletionListener(closing);
            }
        }

        @Override
        public boolean hasNext() {
            return row < pair.rows();
        }

        @Override
        public ColumnarBatch next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long first = pair.firstRow() + row;
            VectorBlock rows = new VectorBlock();
            while (!rows.isBatch() && hasNext()) {
                addRecord(rows);
            }
            if (!hasNext()) {
                images.expectEnd();
                if (labels != null) {
                    labels.expectEnd();
                }
            }
            return rows.batch(schema, pair.features(), true, columns, first);
        }

        private void addRecord(VectorBlock rows) {
            images.next(image);
            if (labels != null) {
                labels.next(label);
            }
            int nonzeros = 0;
            for (int feature = 0; feature < image.length; feature++) {
                if (image[feature] != 0) {
                    indices[nonzeros] = feature;
                    values[nonzeros++] = scaled[image[feature] & 0xff];
                }
            }
            rows.add(label[0] & 0xff, 1, indices, values, nonzeros);
            row++;
        }

        private void close() {
            try (images;
                    labels) {
                row = pair.rows();
            } catch (IOException e) {
                throw ReadProblems.unreadable(pair.images(), e);
            }
        }
    }
}
