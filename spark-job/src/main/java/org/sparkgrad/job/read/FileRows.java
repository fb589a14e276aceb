package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/** Maps the rows of a table to files. As {@link RowPlaces}, it returns the file and the row within the file. */
final class FileRows implements RowPlaces, Serializable {
    private static final long serialVersionUID = 1L;

    private final String[] files;
    private final long[] first;

    private FileRows(List<String> files, List<Long> first) {
        this.files = files.toArray(String[]::new);
        this.first = first.stream().mapToLong(Long::longValue).toArray();
    }

    /**
     * Returns the rows of files, from the number of rows of each file.
     *
     * @param files the files, in the order of their rows
     */
    static FileRows ofCounts(List<Path> files, List<Long> rows) {
        long[] starts = new long[rows.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + rows.get(i - 1);
        }
        return new FileRows(
                files.stream().map(Path::toString).toList(),
                Arrays.stream(starts).boxed().toList());
    }

    /** Returns the rows of files, from the number of the first record in each block. */
    static FileRows ofBlocks(Map<FileBlock, Long> firstRow) {
        TreeMap<Path, Long> starts = new TreeMap<>();
        firstRow.forEach((block, row) -> starts.merge(block.path(), row, Math::min));
        return new FileRows(starts.keySet().stream().map(Path::toString).toList(), List.copyOf(starts.values()));
    }

    /** Returns the index of a row's file among the files that have or may have rows. */
    int indexOf(long row) {
        int low = 0;
        int high = first.length;
        while (low + 1 < high) {
            int middle = (low + high) >>> 1;
            if (first[middle] <= row) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    List<String> files() {
        return List.of(files);
    }

    /** Returns a row's file. */
    String file(long row) {
        return files[indexOf(row)];
    }

    /** Returns a row's place in its file, from 0. */
    long rowInFile(long row) {
        return row - first[indexOf(row)];
    }

    @Override
    public String of(long row) {
        return file(row) + " row " + rowInFile(row);
    }
}
