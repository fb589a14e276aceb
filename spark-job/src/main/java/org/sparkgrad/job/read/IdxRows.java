package org.sparkgrad.job.read;

import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The records of IDX files as rows: the label if there are labels, F bytes divided by the scale, and the row number.
 */
final class IdxRows implements Iterator<Row> {
    private final IdxPair pair;
    private final double scale;
    private final IdxStream images;
    private final @Nullable IdxStream labels;
    private final byte[] image;
    private final byte[] label = new byte[1];
    private int row;

    IdxRows(IdxPair pair, double scale, Configuration configuration) {
        this.pair = pair;
        this.scale = scale;
        this.images = IdxStream.open(configuration, pair.images());
        this.labels = pair.labels() == null ? null : IdxStream.open(configuration, pair.labels());
        this.image = new byte[pair.features()];
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
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        images.next(image);
        long number = pair.firstRow() + row;
        row++;
        if (!hasNext()) {
            images.expectEnd();
        }
        return labels == null
                ? RowFactory.create(features(), number)
                : RowFactory.create(label(labels), features(), number);
    }

    private double label(IdxStream stream) {
        stream.next(label);
        if (!hasNext()) {
            stream.expectEnd();
        }
        return label[0] & 0xff;
    }

    private Vector features() {
        double[] values = new double[image.length];
        for (int feature = 0; feature < values.length; feature++) {
            values[feature] = (image[feature] & 0xff) / scale;
        }
        return CompactVectors.of(Vectors.dense(values));
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
