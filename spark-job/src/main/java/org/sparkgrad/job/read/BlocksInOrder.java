package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.Dependency;
import org.apache.spark.NarrowDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag$;

/**
 * The rows that Spark reads from files, with the blocks in the order of their rows. Spark packs blocks into partitions
 * by their size. Here the partitions have equal numbers of bytes and follow one another.
 *
 * <p>The class relies on one property of Spark: an RDD that is computed row by row from files passes its partition to
 * the file reader, so the reader also takes other partitions of the same blocks.
 */
final class BlocksInOrder extends RDD<InternalRow> {
    private static final long serialVersionUID = 1L;

    private final transient List<FilePartition> inOrder;

    private BlocksInOrder(RDD<InternalRow> rows, List<FilePartition> inOrder, int[] sources) {
        super(
                rows.sparkContext(),
                dependencies(new Sources(rows, sources)),
                ClassTag$.MODULE$.apply(InternalRow.class));
        this.inOrder = inOrder;
    }

    /** Returns the rows in order, partition by partition; empty if the rows do not come from files. */
    static Optional<RDD<InternalRow>> of(RDD<InternalRow> rows) {
        Partition[] partitions = rows.partitions();
        if (!Arrays.stream(partitions).allMatch(FilePartition.class::isInstance)) {
            return Optional.empty();
        }
        List<Block> blocks = Arrays.stream(partitions)
                .map(FilePartition.class::cast)
                .flatMap(partition ->
                        Stream.of(partition.files()).map(file -> new Block(file, place(file), partition.index())))
                .sorted(Comparator.comparing(Block::place, FileBlock.PATH_ORDER))
                .toList();
        long most = Arrays.stream(partitions)
                .mapToLong(partition -> bytes(((FilePartition) partition).files()))
                .max()
                .orElse(0);
        List<FilePartition> inOrder = new ArrayList<>();
        List<Integer> sources = new ArrayList<>();
        int from = 0;
        while (from < blocks.size()) {
            int to = from + 1;
            long bytes = blocks.get(from).file().length();
            while (to < blocks.size() && bytes + blocks.get(to).file().length() <= most) {
                bytes += blocks.get(to).file().length();
                to++;
            }
            PartitionedFile[] files =
                    blocks.subList(from, to).stream().map(Block::file).toArray(PartitionedFile[]::new);
            inOrder.add(new FilePartition(inOrder.size(), files));
            sources.add(blocks.get(from).partition());
            from = to;
        }
        return Optional.of(new BlocksInOrder(
                rows, inOrder, sources.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** A block, its place among the rows, and Spark's partition that contains it. */
    private record Block(PartitionedFile file, FileBlock place, int partition) {}

    private static FileBlock place(PartitionedFile file) {
        return new FileBlock(file.urlEncodedPath(), file.start());
    }

    private static long bytes(PartitionedFile[] files) {
        return Arrays.stream(files).mapToLong(PartitionedFile::length).sum();
    }

    private static Seq<Dependency<?>> dependencies(Dependency<?> one) {
        return JavaConverters.asScalaBuffer(List.<Dependency<?>>of(one)).toList();
    }

    @Override
    public Partition[] getPartitions() {
        return inOrder.toArray(Partition[]::new);
    }

    @Override
    public Seq<String> getPreferredLocations(Partition partition) {
        return JavaConverters.asScalaBuffer(Arrays.asList(((FilePartition) partition).preferredLocations()))
                .toList();
    }

    @Override
    public Iterator<InternalRow> compute(Partition partition, TaskContext task) {
        return this.<InternalRow>firstParent(ClassTag$.MODULE$.apply(InternalRow.class))
                .iterator(partition, task);
    }

    /**
     * Spark's location of the first block of a partition. Spark reads this location when it schedules the partition.
     */
    private static final class Sources extends NarrowDependency<InternalRow> {
        private static final long serialVersionUID = 1L;

        private final int[] sources;

        Sources(RDD<InternalRow> rows, int[] sources) {
            super(rows);
            this.sources = sources;
        }

        @Override
        public Seq<Object> getParents(int partition) {
            return JavaConverters.asScalaBuffer(List.<Object>of(sources[partition]))
                    .toList();
        }
    }
}
