package org.sparkgrad.job.read;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/** The batches of a partition of text, split by split: those that are kept, and those that are read again. */
abstract class SplitBatches implements Iterator<ColumnarBatch> {
    private final Iterator<TextSplit> splits;
    private @Nullable Reader reader;
    private @Nullable ColumnarBatch next;

    SplitBatches(TextPartition partition) {
        this.splits = partition.splits().iterator();
    }

    /** Reads a split again. The file is closed with the task at the latest. */
    abstract static class Reader {
        private final TextRecords records;

        Reader(TextRecords records) {
            this.records = records;
            TaskContext task = TaskContext.get();
            if (task != null) {
                TaskCompletionListener closing = context -> records.close();
                task.addTaskCompletionListener(closing);
            }
        }

        /** Returns the next rows; null if there are none. */
        abstract @Nullable ColumnarBatch next();

        void close() {
            records.close();
        }
    }

    /** Returns the rows of a split that are kept; null if they must be read again. */
    abstract @Nullable ColumnarBatch kept(TextSplit split);

    /** Begins to read a split again. */
    abstract Reader open(TextSplit split);

    @Override
    public boolean hasNext() {
        while (next == null && (reader != null || splits.hasNext())) {
            if (reader == null) {
                TextSplit split = splits.next();
                next = kept(split);
                reader = next == null ? open(split) : null;
            } else {
                next = reader.next();
                if (next == null) {
                    reader.close();
                    reader = null;
                }
            }
        }
        return next != null;
    }

    @Override
    public ColumnarBatch next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        ColumnarBatch batch = next;
        next = null;
        return batch;
    }
}
