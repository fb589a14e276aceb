package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * Reads IDX files as a table, with labels if label files are given. The driver reads the headers, and one task reads
 * the records of one file.
 */
final class IdxTable {
    private static final double MAX_BYTE = 255;

    private IdxTable() {}

    static Table read(SparkSession spark, DataSettings settings) {
        List<IdxPair> pairs = pairs(spark, settings);
        double scale = settings.rawBytes() ? 1 : MAX_BYTE;
        SerializableConfiguration configuration =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        StructType labels = new StructType();
        StructType schema = (settings.labels().isEmpty()
                        ? labels
                        : labels.add(VectorBlock.LABEL, DataTypes.DoubleType, false))
                .add(new AttributeGroup(VectorBlock.FEATURES, pairs.get(0).features()).toStructField())
                .add(Table.ROW_NUMBER, DataTypes.LongType, false);
        FileRows files = FileRows.ofCounts(
                pairs.stream().map(pair -> new Path(pair.images())).toList(),
                pairs.stream().map(pair -> (long) pair.rows()).toList());
        long records = pairs.stream().mapToLong(IdxPair::rows).sum();
        return new Table(
                new BatchTable<>(new IdxSource(pairs, schema, scale, configuration)).rows(spark),
                new ReadReport(pairs.size(), null, records, List.of(), Map.of()),
                files,
                files);
    }

    private static List<IdxPair> pairs(SparkSession spark, DataSettings settings) {
        boolean labelled = !settings.labels().isEmpty();
        if (settings.data().isEmpty()
                || (labelled && settings.labels().size() != settings.data().size())) {
            throw new JobException(
                    ExitCode.USAGE,
                    "IDX takes a label file for each data file, in the same order; there are "
                            + settings.data().size() + " and "
                            + settings.labels().size() + ".");
        }
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        List<IdxPair> pairs = new ArrayList<>();
        long rows = 0;
        for (int i = 0; i < settings.data().size(); i++) {
            String labels = labelled ? settings.labels().get(i) : null;
            IdxPair pair = IdxPair.of(configuration, settings.data().get(i), labels, rows);
            if (i > 0 && pair.features() != pairs.get(0).features()) {
                throw JobException.data(pair.images() + " has records of " + pair.features() + " bytes, "
                        + pairs.get(0).images() + " of " + pairs.get(0).features() + ": they are no one data set.");
            }
            pairs.add(pair);
            rows += pair.rows();
        }
        if (rows == 0) {
            throw JobException.data(pairs.get(0).images() + " holds no records.");
        }
        return pairs;
    }
}
