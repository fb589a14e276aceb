package org.sparkgrad.job.ml.grid;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.random.BernoulliCellSampler;

/**
 * Adds the fold in which Spark's own k-fold split uses a row for validation: {@code MLUtils.kFold} draws a number for
 * each row of a partition, with a seed per partition, and fold f validates numbers from f / n to (f + 1) / n.
 */
public final class FoldColumn implements Function2<Integer, Iterator<Row>, Iterator<Row>> {
    private static final long serialVersionUID = 1L;

    private final int folds;
    private final long[] seeds;

    private FoldColumn(int folds, long[] seeds) {
        this.folds = folds;
        this.seeds = seeds;
    }

    /** Returns the rows, in their order, with an additional column of ints from 0. */
    public static Dataset<Row> add(Dataset<?> dataset, String column, int folds, long seed) {
        JavaRDD<Row> rows = dataset.toDF().toJavaRDD();
        Random random = new Random(seed);
        long[] seeds = IntStream.range(0, rows.getNumPartitions())
                .mapToLong(partition -> random.nextLong())
                .toArray();
        return dataset.sparkSession()
                .createDataFrame(
                        rows.mapPartitionsWithIndex(new FoldColumn(folds, seeds), true),
                        dataset.schema().add(column, DataTypes.IntegerType, false));
    }

    @Override
    public Iterator<Row> call(Integer partition, Iterator<Row> rows) {
        List<BernoulliCellSampler<Row>> samplers = IntStream.range(0, folds)
                .mapToObj(fold -> new BernoulliCellSampler<Row>(bound(fold), bound(fold + 1), false))
                .toList();
        samplers.forEach(sampler -> sampler.setSeed(seeds[partition]));
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Row next() {
                return with(rows.next(), draw(samplers));
            }
        };
    }

    /** Returns the upper bound of a fold. Spark divides in single precision. */
    private double bound(int fold) {
        return fold / (float) folds;
    }

    /** Returns the fold of the next row. Every sampler draws the same number, and exactly one accepts it. */
    private static int draw(List<BernoulliCellSampler<Row>> samplers) {
        int drawn = 0;
        for (int fold = 0; fold < samplers.size(); fold++) {
            if (samplers.get(fold).sample() > 0) {
                drawn = fold;
            }
        }
        return drawn;
    }

    private static Row with(Row row, int fold) {
        Object[] values = new Object[row.size() + 1];
        Arrays.setAll(values, i -> i < row.size() ? row.get(i) : Integer.valueOf(fold));
        return RowFactory.create(values);
    }
}
