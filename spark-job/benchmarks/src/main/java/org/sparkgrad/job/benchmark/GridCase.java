package org.sparkgrad.job.benchmark;

import java.io.Serializable;
import java.util.Iterator;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/**
 * A case such as dense-100000x1000-9x3: rows x features, settings x folds. Settings are penalties of three strengths a
 * decade apart, times no, half and all L1, in that order.
 */
record GridCase(String name, int rows, int features, int settings, int folds) implements Serializable {
    private static final Pattern NAME = Pattern.compile("dense-(\\d+)x(\\d+)-(\\d+)x(\\d+)");
    private static final double[] ELASTIC_NET = {0, 0.5, 1};
    private static final double STRONGEST = 0.1;
    private static final int PARTITIONS = 8;

    static GridCase parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no case " + name + ": dense-ROWSxFEATURES-SETTINGSxFOLDS");
        }
        int[] numbers = IntStream.rangeClosed(1, 4)
                .map(group -> Integer.parseInt(matcher.group(group)))
                .toArray();
        return new GridCase(name, numbers[0], numbers[1], numbers[2], numbers[3]);
    }

    /** Returns the parameters of each setting. */
    ParamMap[] maps(GpuLogisticRegression estimator) {
        return IntStream.range(0, settings)
                .mapToObj(setting -> new ParamMap()
                        .put(estimator.regParam().w(STRONGEST * Math.pow(10, -(setting / ELASTIC_NET.length))))
                        .put(estimator.elasticNetParam().w(ELASTIC_NET[setting % ELASTIC_NET.length])))
                .toArray(ParamMap[]::new);
    }

    /**
     * Returns normal features with labels drawn from a true model whose margins have deviation 3; not in memory yet.
     *
     * @param read counts the rows that are made
     */
    Dataset<Row> dataset(SparkSession spark, LongAccumulator read) {
        JavaRDD<Row> all = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(IntStream.range(0, PARTITIONS).boxed().toList(), PARTITIONS)
                .flatMap(partition -> made(partition, read));
        StructType schema = new StructType().add("label", "double").add("features", SQLDataTypes.VectorType());
        return spark.createDataFrame(all, schema);
    }

    /** Returns the same rows in Spark's memory. */
    static Dataset<Row> cached(Dataset<Row> dataset) {
        dataset.persist(StorageLevel.MEMORY_AND_DISK()).count();
        return dataset;
    }

    private Iterator<Row> made(int partition, LongAccumulator read) {
        SplittableRandom truth = new SplittableRandom(1);
        double[] coefficients = new double[features];
        for (int j = 0; j < features; j++) {
            coefficients[j] = 3 * truth.nextGaussian() / Math.sqrt(features);
        }
        SplittableRandom random = new SplittableRandom(2 + partition);
        int count = (int) ((partition + 1L) * rows / PARTITIONS - (long) partition * rows / PARTITIONS);
        return IntStream.range(0, count)
                .mapToObj(row -> {
                    double[] x = new double[features];
                    double margin = 0;
                    for (int j = 0; j < features; j++) {
                        x[j] = random.nextGaussian();
                        margin += x[j] * coefficients[j];
                    }
                    read.add(1);
                    double label = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1 : 0;
                    return RowFactory.create(label, Vectors.dense(x));
                })
                .iterator();
    }
}
