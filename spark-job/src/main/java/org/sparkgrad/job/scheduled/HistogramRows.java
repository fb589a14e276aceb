package org.sparkgrad.job.scheduled;

import java.io.Serializable;
import org.sparkgrad.job.shard.ShardRows;

/** Rows of numbers that are counted in histograms; a part of a table. */
interface HistogramRows extends Serializable {
    /** Returns the number of rows. */
    int rows();

    /** Returns whether a row counts, which means that its weight is above 0. */
    boolean counts(int row);

    /** Calls the consumer with column and value of the row's cells; cells without a call are 0. */
    void forEach(int row, ShardRows.FeatureConsumer consumer);

    /**
     * The features of a shard.
     *
     * @param shard the shard
     */
    record OfShard(ShardRows shard) implements HistogramRows {
        @Override
        public int rows() {
            return shard.rows();
        }

        @Override
        public boolean counts(int row) {
            return shard.weight(row) > 0;
        }

        @Override
        public void forEach(int row, ShardRows.FeatureConsumer consumer) {
            shard.forEachActive(row, consumer);
        }
    }

    /** Rows that all count and have values in all columns. */
    final class Full implements HistogramRows {
        private static final long serialVersionUID = 1L;

        private final double[][] values;

        /** @param values the values by row; not copied */
        Full(double[][] values) {
            this.values = values;
        }

        @Override
        public int rows() {
            return values.length;
        }

        @Override
        public boolean counts(int row) {
            return true;
        }

        @Override
        public void forEach(int row, ShardRows.FeatureConsumer consumer) {
            for (int column = 0; column < values[row].length; column++) {
                consumer.accept(column, values[row][column]);
            }
        }
    }
}
