package org.sparkgrad.job.evaluate;

import org.apache.hadoop.mapreduce.Job;
import org.apache.parquet.hadoop.ParquetOutputFormat;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.datasources.OutputWriterFactory;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Map;

/** Spark's Parquet format, which Spark's writer loads by class name. {@link VectorWriteSupport} writes the vectors. */
public final class VectorParquet extends ParquetFileFormat {
    private static final long serialVersionUID = 1L;

    @Override
    public OutputWriterFactory prepareWrite(
            SparkSession spark, Job job, Map<String, String> options, StructType schema) {
        OutputWriterFactory writers = super.prepareWrite(spark, job, options, schema);
        ParquetOutputFormat.setWriteSupportClass(job, VectorWriteSupport.class);
        return writers;
    }
}
