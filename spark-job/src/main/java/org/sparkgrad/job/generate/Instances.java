package org.sparkgrad.job.generate;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.config.GenerateSettings;
import org.sparkgrad.job.config.GenerateSettings.Format;
import org.sparkgrad.job.config.GenerateSettings.Kind;

/** Generates tables of any size with labels 0 to K-1 drawn from a {@link TrueModel}. */
public final class Instances implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final StructType VECTORS = new StructType()
            .add("label", DataTypes.DoubleType, false)
            .add("features", SQLDataTypes.VectorType(), false);

    /** The number of numbers in one file: about 100 MB of text. */
    private static final long NUMBERS_OF_A_FILE = 10L << 20;

    private final boolean sparse;
    private final int features;
    private final int nonzeros;
    private final long seed;
    private final TrueModel model;

    Instances(GenerateSettings settings) {
        this.sparse = settings.kind() == Kind.SPARSE;
        this.features = settings.features();
        this.nonzeros = settings.nonzeros();
        this.seed = settings.seed();
        this.model = new TrueModel(seed, settings.classes(), features);
    }

    /**
     * Writes a folder of CSV files with a header (x0, x1, ..., label), of LIBSVM files (indices from 1), or of Parquet
     * files (label, features).
     *
     * <p>A row is a function of the seed and its number, so the rows of all files, in path order, are the same on every
     * cluster.
     *
     * @throws org.sparkgrad.job.problem.JobException if the folder exists and may not be replaced
     */
    public static void write(SparkSession spark, GenerateSettings settings) {
        OutputCheck.refuseExisting(spark, settings.output(), settings.overwrite());
        Instances instances = new Instances(settings);
        SaveMode mode = settings.overwrite() ? SaveMode.Overwrite : SaveMode.ErrorIfExists;
        Dataset<Long> numbers = instances.numbers(spark, settings.rows());
        if (settings.format() == Format.PARQUET) {
            instances.table(numbers).write().mode(mode).parquet(settings.output());
        } else {
            instances.lines(numbers, settings.format()).write().mode(mode).text(settings.output());
        }
    }

    private Dataset<Long> numbers(SparkSession spark, long rows) {
        long numbers = Math.multiplyExact(rows, sparse ? 2L * nonzeros : features);
        long files = Math.max(spark.sparkContext().defaultParallelism(), numbers / NUMBERS_OF_A_FILE);
        int partitions = (int) Math.min(Math.min(files, rows), Short.MAX_VALUE);
        return spark.range(0, rows, 1, partitions).as(Encoders.LONG());
    }

    private Dataset<Row> table(Dataset<Long> numbers) {
        MapFunction<Long, Row> row = number -> {
            SplittableRandom random = RandomNumbers.of(seed, number);
            GeneratedRow made = features(random);
            return RowFactory.create((double) model.label(made, random), vector(made));
        };
        return numbers.map(row, Encoders.row(VECTORS));
    }

    private Dataset<String> lines(Dataset<Long> numbers, Format format) {
        TextRow text = format == Format.CSV ? TextRow.csv(features) : TextRow.libsvm();
        MapPartitionsFunction<Long, String> lines = part -> text.lines(part, number -> {
            SplittableRandom random = RandomNumbers.of(seed, number);
            GeneratedRow made = features(random);
            return text.line(model.label(made, random), made);
        });
        return numbers.mapPartitions(lines, Encoders.STRING());
    }

    private GeneratedRow features(SplittableRandom random) {
        return sparse ? GeneratedRow.sparse(features, nonzeros, random) : GeneratedRow.dense(features, random);
    }

    private Vector vector(GeneratedRow row) {
        int[] indices = row.indices();
        return indices == null ? Vectors.dense(row.values()) : Vectors.sparse(features, indices, row.values());
    }
}
