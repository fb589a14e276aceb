package org.sparkgrad.job.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.benchmark.IngestCase.Layout;
import org.sparkgrad.job.ml.GpuLogisticRegression;
import org.sparkgrad.job.run.IngestTarget;
import scala.collection.JavaConverters;

/** What {@link IngestRun} measures: a system that reads the files of a case from a session that has started. */
final class IngestSystem {
    private static final double REG_PARAM = 1e-4;

    /** Scans have the vectorised reader for tables of any width; Spark's default ends at 100 columns. */
    private static final int WIDE = 1 << 20;

    private final IngestCase data;
    private final Path folder;
    private final SparkSession spark;
    private final Dataset<Row> table;

    IngestSystem(IngestCase data, Path folder, SparkSession spark) {
        this.data = data;
        this.folder = folder;
        this.spark = spark;
        this.table = data.layout() == Layout.IDX ? spark.emptyDataFrame() : table();
        if (data.layout() == Layout.CACHE_VECTOR) {
            table.cache().count();
        }
    }

    /** Reads all rows; returns what holds them. */
    AutoCloseable read(String system) throws Exception {
        switch (system) {
            case "scan" -> {
                spark.conf().set("spark.sql.codegen.maxFields", WIDE);
                table().write().format("noop").mode("overwrite").save();
            }
            case "scan-columnar" -> {
                spark.conf().set("spark.sql.codegen.maxFields", WIDE);
                walkBatches();
            }
            case "mllib" ->
                new LogisticRegression().setRegParam(REG_PARAM).setMaxIter(1).fit(vectors());
            case "sparkgrad" -> {
                if (data.layout() != Layout.CACHE_VECTOR) {
                    List<String> options = new ArrayList<>(data.options(folder));
                    options.addAll(List.of("--engine", "cpu", "--reg-param", "" + REG_PARAM));
                    return IngestTarget.open(spark, options, data.rows());
                }
                new GpuLogisticRegression()
                        .setEngine("cpu")
                        .setRegParam(REG_PARAM)
                        .setMaxIter(0)
                        .fit(table);
            }
            default -> throw new IllegalArgumentException("no system " + system);
        }
        return () -> {};
    }

    private Dataset<Row> table() {
        String path = folder.toString();
        return switch (data.layout()) {
            case PARQUET_COLUMNS, PARQUET_VECTOR, PARQUET_ARRAY, CACHE_VECTOR ->
                spark.read().parquet(path);
            case CSV -> {
                StructType schema = new StructType();
                for (String name : names()) {
                    schema = schema.add(name, "double");
                }
                yield spark.read()
                        .schema(schema.add("label", "double"))
                        .option("header", true)
                        .csv(path);
            }
            case LIBSVM ->
                spark.read()
                        .format("libsvm")
                        .option("numFeatures", data.features())
                        .load(path);
            case IDX -> throw new IllegalArgumentException("Spark has no reader of IDX");
        };
    }

    private String[] names() {
        return IntStream.range(0, data.features()).mapToObj(j -> "x" + j).toArray(String[]::new);
    }

    private Dataset<Row> vectors() {
        return switch (data.layout()) {
            case PARQUET_COLUMNS, CSV ->
                new VectorAssembler()
                        .setInputCols(names())
                        .setOutputCol("features")
                        .transform(table);
            case PARQUET_ARRAY -> table.withColumn("features", functions.array_to_vector(table.col("features")));
            case PARQUET_VECTOR, CACHE_VECTOR, LIBSVM, IDX -> table;
        };
    }

    private void walkBatches() {
        SparkPlan columnar = columnar(table().queryExecution().executedPlan());
        long rows = columnar.executeColumnar()
                .toJavaRDD()
                .mapPartitions(batches -> {
                    long sum = 0;
                    while (batches.hasNext()) {
                        sum += batches.next().numRows();
                    }
                    return List.of(sum).iterator();
                })
                .reduce(Long::sum);
        if (rows != data.rows()) {
            throw new IllegalStateException(rows + " rows in batches instead of " + data.rows());
        }
    }

    private static SparkPlan columnar(SparkPlan plan) {
        if (plan instanceof ColumnarToRowExec rows) {
            return rows.child();
        }
        List<SparkPlan> children = JavaConverters.seqAsJavaList(plan.children());
        if (children.isEmpty()) {
            throw new IllegalStateException("Spark reads this table by rows: " + plan);
        }
        return columnar(children.get(0));
    }
}
