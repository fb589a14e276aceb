package org.sparkgrad.job.read;

import java.util.List;
import org.apache.hadoop.fs.Path;

/**
 * A file of a table.
 *
 * @param path the file
 * @param partitions the columns in the names of its folders, from the top folder down
 */
record InputFile(Path path, List<PartitionValue> partitions) implements Comparable<InputFile> {
    InputFile {
        partitions = List.copyOf(partitions);
    }

    /** Returns the names of the columns in the folder names. */
    List<String> partitionNames() {
        return partitions.stream().map(PartitionValue::name).toList();
    }

    @Override
    public int compareTo(InputFile other) {
        return path.compareTo(other.path);
    }
}
