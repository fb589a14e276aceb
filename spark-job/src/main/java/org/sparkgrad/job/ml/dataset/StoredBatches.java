package org.sparkgrad.job.ml.dataset;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.assemble.RowBatchBuilder;

/**
 * Collects the rows of {@link DatasetInstances#rows} to batches of some 4 MB, and counts them. Each batch is valid until
 * the next one: new arrays for each batch would be filled with zeros first.
 */
final class StoredBatches implements Iterator<RowBatch> {
    private final Iterator<InternalRow> stored;
    private final DatasetShape shape;
    private final RowBatchBuilder builder = new RowBatchBuilder();
    private final StoredRow[] ahead =
            Stream.generate(StoredRow::new).limit(RowScan.TOGETHER).toArray(StoredRow[]::new);
    private int read;
    private int next;

    /** @param shape counts the rows that are read */
    StoredBatches(Iterator<InternalRow> stored, DatasetShape shape) {
        this.stored = stored;
        this.shape = shape;
    }

    @Override
    public boolean hasNext() {
        return next < read || stored.hasNext();
    }

    @Override
    public RowBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        builder.clear();
        while (next < read || stored.hasNext()) {
            if (next == read) {
                readAhead();
            }
            StoredRow row = ahead[next];
            if (!builder.hasRoom(row.count())) {
                return builder.view();
            }
            row.addTo(builder);
            next++;
        }
        return builder.view();
    }

    private void readAhead() {
        for (read = 0; read < ahead.length && stored.hasNext(); read++) {
            ahead[read].read(stored.next());
        }
        RowScan.hash(ahead, read);
        for (next = 0; next < read; next++) {
            ahead[next].compact();
            shape.add(ahead[next]);
        }
        next = 0;
    }
}
