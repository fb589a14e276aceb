package org.sparkgrad.job.system;

import java.io.IOException;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Run in a JVM of its own with Spark's jars and this class alone: loads a model, whatever its class, applies it to a CSV
 * file with a header, and prints the share of rows whose prediction is their label.
 */
final class StockSpark {
    private StockSpark() {}

    public static void main(String[] arguments) throws IOException {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            if (StockSpark.class.getResource("/org/sparkgrad/job/Trainer.class") != null) {
                throw new IllegalStateException("sparkgrad is on the class path: this is no stock Spark");
            }
            Transformer model =
                    (Transformer) DefaultParamsReader.loadParamsInstance(arguments[0], spark.sparkContext());
            Dataset<Row> rows = spark.read()
                    .option("header", "true")
                    .option("inferSchema", "true")
                    .csv(arguments[1]);
            Dataset<Row> predicted = model.transform(rows);
            String label = arguments[2];
            String prediction = arguments[3];
            long right = predicted
                    .filter(predicted.col(label).equalTo(predicted.col(prediction)))
                    .count();
            System.out.println("accuracy " + (double) right / predicted.count());
        }
    }
}
