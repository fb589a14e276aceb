package org.sparkgrad.job.model;

import java.io.IOException;
import java.util.UUID;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.OutputWriter;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map$;

/** Writes one row to Parquet with Spark's writer of a task, but without a job. The file has the bytes of Spark's. */
final class ParquetPart {
    private ParquetPart() {}

    /**
     * Writes a table of one row.
     *
     * @param folder the folder of the table
     * @param row the values in Spark's external types
     */
    static void write(SparkSession spark, Path folder, StructType schema, Row row) throws IOException {
        Job job = Job.getInstance(spark.sparkContext().hadoopConfiguration());
        OutputWriterFactory writers =
                new ParquetFileFormat().prepareWrite(spark, job, Map$.MODULE$.<String, String>empty(), schema);
        var context = new TaskAttemptContextImpl(
                job.getConfiguration(), new TaskAttemptID("model", 0, TaskType.REDUCE, 0, 0));
        String name = "part-00000-" + UUID.randomUUID() + "-c000" + writers.getFileExtension(context);
        OutputWriter writer = writers.newInstance(new Path(folder, name).toString(), schema, context);
        writer.write((InternalRow)
                CatalystTypeConverters.createToCatalystConverter(schema).apply(row));
        writer.close();
    }
}
