package org.sparkgrad.job.read;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A file of a table.
 *
 * @param path the file
 * @param partitions the columns that the names of its folders hold, in order from the top
 */
record InputFile(Path path, List<PartitionValue> partitions) implements Comparable<InputFile> {
    /** Keeps a copy. */
    InputFile {
        partitions = List.copyOf(partitions);
    }

    /** Returns the names of the columns in its folders. */
    List<String> partitionNames() {
        return partitions.stream().map(PartitionValue::name).toList();
    }

    @Override
    public int compareTo(InputFile other) {
        return path.compareTo(other.path);
    }
}
