package org.sparkgrad.job.generate;

import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of cats and dogs of the tutorials: the features are ears, weight and tail. */
public final class Pets {
    private static final StructType SCHEMA = new StructType()
            .add("ear_shape", DataTypes.DoubleType, false)
            .add("weight_kg", DataTypes.DoubleType, false)
            .add("tail_length_cm", DataTypes.DoubleType, false)
            .add("species", DataTypes.StringType, false);

    private Pets() {}

    /**
     * Writes a folder of CSV files with a header: {@code ear_shape} (0 pointed to 1 floppy), {@code weight_kg},
     * {@code tail_length_cm} and {@code species} ("cat" or "dog").
     *
     * <p>A row is a function of the seed and its number, so the rows of all files, in path order, are the same on every
     * cluster.
     *
     * @param rows the number of rows, 1 or more
     * @param overwrite whether a folder of that name may be replaced
     * @throws org.sparkgrad.job.problem.JobException if the folder exists and may not be replaced, or its file system
     *     cannot be reached
     */
    public static void write(SparkSession spark, long rows, long seed, String path, boolean overwrite) {
        OutputCheck.refuseExisting(spark, path, overwrite);
        table(spark, rows, seed)
                .write()
                .mode(overwrite ? SaveMode.Overwrite : SaveMode.ErrorIfExists)
                .option("header", true)
                .csv(path);
    }

    /** Returns the rows as a table, in the order of their numbers. */
    static Dataset<Row> table(SparkSession spark, long rows, long seed) {
        MapFunction<Long, Row> pet = number -> row(Pet.of(seed, number));
        return spark.range(rows).map(pet, Encoders.row(SCHEMA));
    }

    private static Row row(Pet pet) {
        return RowFactory.create(pet.earShape(), pet.weightKg(), pet.tailLengthCm(), pet.species());
    }
}
