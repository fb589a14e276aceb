package org.sparkgrad.job.benchmark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.benchmark.IngestCase.Layout;
import org.sparkgrad.job.generate.Instances;

/**
 * Writes the files of a case: {@code IngestData CASE FOLDER}. Features are random floats between -1 and 1, labels are
 * drawn from a linear model. CSV and LIBSVM are written as the command {@code generate} does.
 */
public final class IngestData implements Serializable {
    private static final long serialVersionUID = 1L;

    /** As many files as tables of this size have, each of several row groups. */
    private static final int FILES = 8;

    private static final int ROW_GROUP_BYTES = 16 << 20;

    /** The deviation of a margin. */
    private static final double STRENGTH = 2.5;

    private final Layout layout;
    private final double[] coefficients;

    private IngestData(IngestCase data) {
        this.layout = data.layout();
        double scale = STRENGTH * Math.sqrt(3.0 / data.features());
        SplittableRandom random = new SplittableRandom(1);
        this.coefficients = IntStream.range(0, data.features())
                .mapToDouble(j -> scale * random.nextGaussian())
                .toArray();
    }

    /** Writes. */
    public static void main(String[] arguments) throws IOException {
        IngestCase data = IngestCase.parse(arguments[0]);
        Path folder = data.folder(Path.of(arguments[1]));
        if (data.layout() == Layout.IDX) {
            IdxData.write(data, folder);
            return;
        }
        try (SparkSession spark = TestSpark.session("local[*]")) {
            if (data.layout() == Layout.CSV || data.layout() == Layout.LIBSVM) {
                Instances.write(spark, data.generated(folder));
            } else {
                new IngestData(data).writeParquet(spark, data.rows(), folder);
            }
        }
    }

    private void writeParquet(SparkSession spark, int rows, Path folder) {
        spark.range(0, rows, 1, FILES)
                .as(Encoders.LONG())
                .map((MapFunction<Long, Row>) this::row, Encoders.row(schema()))
                .write()
                .mode("overwrite")
                .option("parquet.block.size", ROW_GROUP_BYTES)
                .parquet(folder.toString());
    }

    private StructType schema() {
        StructType schema = new StructType().add("label", DataTypes.DoubleType);
        if (layout == Layout.PARQUET_ARRAY) {
            return schema.add("features", DataTypes.createArrayType(DataTypes.FloatType, false));
        }
        if (layout != Layout.PARQUET_COLUMNS) {
            return schema.add("features", SQLDataTypes.VectorType());
        }
        for (int j = 0; j < coefficients.length; j++) {
            schema = schema.add("x" + j, DataTypes.FloatType);
        }
        return schema;
    }

    private Row row(long number) {
        SplittableRandom random = new SplittableRandom(number);
        Object[] cells = new Object[coefficients.length + 1];
        double[] features = new double[coefficients.length];
        double margin = 0;
        for (int j = 0; j < features.length; j++) {
            float value = 2 * random.nextFloat() - 1;
            cells[j + 1] = value;
            features[j] = value;
            margin += coefficients[j] * value;
        }
        cells[0] = random.nextDouble() < 1 / (1 + Math.exp(-margin)) ? 1.0 : 0.0;
        return switch (layout) {
            case PARQUET_COLUMNS -> RowFactory.create(cells);
            case PARQUET_ARRAY -> {
                Float[] boxed = new Float[features.length];
                System.arraycopy(cells, 1, boxed, 0, boxed.length);
                yield RowFactory.create(cells[0], boxed);
            }
            case PARQUET_VECTOR, CACHE_VECTOR -> RowFactory.create(cells[0], Vectors.dense(features));
            case CSV, LIBSVM, IDX -> throw new IllegalStateException("not Parquet: " + layout);
        };
    }
}
