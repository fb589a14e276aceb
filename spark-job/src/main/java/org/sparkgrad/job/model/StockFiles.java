package org.sparkgrad.job.model;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.OneHotEncoderModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.files.NewFile;
import org.sparkgrad.job.problem.DiskFull;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.spark.version.StockMetadata;

/**
 * Writes a trained model as Spark's own writers do, with the same files of the same content. Spark's writers run two
 * jobs for each stage of a pipeline and plan a query, which takes seconds; here the driver writes the files.
 */
public final class StockFiles {
    private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);

    private static final StructType LABELS = new StructType().add("labelsArray", DataTypes.createArrayType(TEXTS));

    private static final StructType SIZES =
            new StructType().add("categorySizes", DataTypes.createArrayType(DataTypes.IntegerType, false));

    private static final StructType COEFFICIENTS = new StructType()
            .add("numClasses", DataTypes.IntegerType, false)
            .add("numFeatures", DataTypes.IntegerType, false)
            .add("interceptVector", SQLDataTypes.VectorType())
            .add("coefficientMatrix", SQLDataTypes.MatrixType())
            .add("isMultinomial", DataTypes.BooleanType, false);

    private final SparkSession spark;
    private final FileSystem files;

    private StockFiles(SparkSession spark, FileSystem files) {
        this.spark = spark;
        this.files = files;
    }

    /**
     * Writes a model.
     *
     * @param model a LogisticRegressionModel, or a PipelineModel of the stages of a training
     * @param folder the folder of the model, which does not exist
     * @throws JobException (RESOURCES) if a file cannot be written
     * @throws IllegalArgumentException for a stage of another kind
     */
    public static void write(SparkSession spark, Transformer model, String folder) {
        Path path = new Path(folder);
        try {
            new StockFiles(spark, path.getFileSystem(spark.sparkContext().hadoopConfiguration())).write(model, path);
        } catch (IOException | FSError failure) { // local disks throw FSError
            throw DiskFull.tells(failure)
                    ? DiskFull.problem(folder, failure)
                    : new JobException(
                            ExitCode.RESOURCES, "%s cannot be written: %s".formatted(folder, failure), failure);
        }
    }

    private void write(Transformer stage, Path folder) throws IOException {
        if (stage instanceof PipelineModel pipeline) {
            pipeline(pipeline, folder);
        } else if (stage instanceof LogisticRegressionModel model) {
            metadata(stage, folder);
            data(folder, COEFFICIENTS, coefficients(model));
        } else if (stage instanceof StringIndexerModel indexer) {
            metadata(stage, folder);
            data(folder, LABELS, RowFactory.create((Object) indexer.labelsArray()));
        } else if (stage instanceof OneHotEncoderModel encoder) {
            metadata(stage, folder);
            data(folder, SIZES, RowFactory.create(encoder.categorySizes()));
        } else if (stage instanceof DefaultParamsWritable) { // such a stage has parameters only
            metadata(stage, folder);
        } else {
            throw new IllegalArgumentException(
                    "no known data: " + stage.getClass().getName());
        }
    }

    private static Row coefficients(LogisticRegressionModel model) {
        return RowFactory.create(
                model.numClasses(),
                model.numFeatures(),
                model.interceptVector(),
                model.coefficientMatrix(),
                model.coefficientMatrix().numRows() > 1);
    }

    private void pipeline(PipelineModel pipeline, Path folder) throws IOException {
        Transformer[] stages = pipeline.stages();
        List<String> uids = Arrays.stream(stages).map(Transformer::uid).toList();
        metadata(StockMetadata.of(pipeline, uids, spark.sparkContext()), folder);
        for (int i = 0; i < stages.length; i++) {
            String path = Pipeline.SharedReadWrite$.MODULE$.getStagePath(
                    stages[i].uid(), i, stages.length, new Path(folder, "stages").toString());
            write(stages[i], new Path(path));
        }
    }

    private void metadata(Transformer stage, Path folder) throws IOException {
        metadata(StockMetadata.of(stage, spark.sparkContext()), folder);
    }

    private void metadata(String json, Path folder) throws IOException {
        Path metadata = new Path(folder, "metadata");
        try (OutputStream part = NewFile.create(files, new Path(metadata, StockMetadata.fileName()), false)) {
            part.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        }
        success(metadata);
    }

    private void data(Path folder, StructType schema, Row row) throws IOException {
        Path data = new Path(folder, "data");
        ParquetPart.write(spark, data, schema, row);
        success(data);
    }

    private void success(Path folder) throws IOException {
        NewFile.create(files, new Path(folder, "_SUCCESS"), false).close();
    }
}
