package org.sparkgrad.job.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.spark.version.SparkSessions;
import scala.Option;

/** A {@link BatchSource} as a table of Spark SQL. */
record BatchTable<P extends BatchPartition>(BatchSource<P> source) implements Table, SupportsRead {
    /** Returns the rows. */
    Dataset<Row> rows(SparkSession spark) {
        return SparkSessions.rows(spark, DataSourceV2Relation.create(this, Option.empty(), Option.empty()));
    }

    /** Returns whether a plan reads such a table and does nothing else. */
    static boolean isScan(SparkPlan plan) {
        return plan instanceof BatchScanExec scan && scan.scan() instanceof SomeColumns<?>;
    }

    @Override
    public String name() {
        return "files";
    }

    /** Spark asks for this method, which it calls deprecated. */
    @Override
    @Deprecated
    public StructType schema() {
        return source.schema();
    }

    @Override
    public Set<TableCapability> capabilities() {
        return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
        return new SomeColumns<>(source);
    }

    /** Reads the columns that a query needs. */
    private static final class SomeColumns<P extends BatchPartition>
            implements ScanBuilder, SupportsPushDownRequiredColumns, Scan, Batch {
        private final BatchSource<P> source;
        private StructType columns;

        SomeColumns(BatchSource<P> source) {
            this.source = source;
            this.columns = source.schema();
        }

        @Override
        public void pruneColumns(StructType needed) {
            columns = needed;
        }

        @Override
        public Scan build() {
            return this;
        }

        @Override
        public StructType readSchema() {
            return columns;
        }

        @Override
        public ColumnarSupportMode columnarSupportMode() {
            return ColumnarSupportMode.SUPPORTED;
        }

        @Override
        public Batch toBatch() {
            return this;
        }

        @Override
        public InputPartition[] planInputPartitions() {
            return source.partitions().toArray(InputPartition[]::new);
        }

        @Override
        public PartitionReaderFactory createReaderFactory() {
            StructType all = source.schema();
            List<Integer> places =
                    Arrays.stream(columns.fieldNames()).map(all::fieldIndex).toList();
            return new Readers<>(source, places);
        }
    }

    private record Readers<P extends BatchPartition>(BatchSource<P> source, List<Integer> columns)
            implements PartitionReaderFactory {
        private static final long serialVersionUID = 1L;

        @Override
        public PartitionReader<InternalRow> createReader(InputPartition partition) {
            throw new UnsupportedOperationException("batches only");
        }

        @Override
        public boolean supportColumnarReads(InputPartition partition) {
            return true;
        }

        @Override
        @SuppressWarnings("unchecked") // Spark hands out the partitions of the source
        public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
            int[] places = columns.stream().mapToInt(Integer::intValue).toArray();
            return new Reader(source.read((P) partition, places));
        }
    }

    private static final class Reader implements PartitionReader<ColumnarBatch> {
        private final Iterator<ColumnarBatch> batches;
        private @Nullable ColumnarBatch batch;

        Reader(Iterator<ColumnarBatch> batches) {
            this.batches = batches;
        }

        @Override
        public boolean next() {
            batch = batches.hasNext() ? batches.next() : null;
            return batch != null;
        }

        @Override
        public ColumnarBatch get() {
            if (batch == null) {
                throw new IllegalStateException("next() has returned no batch");
            }
            return batch;
        }

        @Override
        public void close() throws IOException {
            // Files are closed at their end, or with the task.
        }
    }
}
