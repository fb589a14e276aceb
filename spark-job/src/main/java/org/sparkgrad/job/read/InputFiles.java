package org.sparkgrad.job.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.problem.JobException;

/**
 * Finds the files behind the paths of a user: files, folders and globs of any Hadoop file system. Folders within a
 * folder are not read, except folders whose names contain a column's value, as Spark writes partitions.
 *
 * <p>As in Spark, files whose names start with "_" or "." are ignored. Empty files are ignored, too.
 */
final class InputFiles {
    private static final int LISTED = 5;

    private final List<InputFile> files;
    private final List<String> notes;

    private InputFiles(List<InputFile> files, List<String> notes) {
        this.files = files;
        this.notes = notes;
    }

    /**
     * Returns every file once, in path order.
     *
     * @throws JobException for a path without files, with only empty files or with only folders of other folders; and
     *     for files whose folders have different columns
     */
    static InputFiles list(SparkSession spark, List<String> paths) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        TreeSet<InputFile> files = new TreeSet<>();
        List<String> notes = new ArrayList<>();
        for (String path : paths) {
            List<InputFile> found = new ArrayList<>();
            try {
                for (FileStatus status : matches(configuration, path)) {
                    collect(status.getPath().getFileSystem(configuration), status, List.of(), found, notes);
                }
            } catch (IOException e) {
                throw ReadProblems.unreadable(path, e);
            }
            if (found.isEmpty()) {
                throw JobException.data(path + " holds no data: its files are empty. Name files that have rows.");
            }
            files.addAll(found);
        }
        InputFile first = files.first();
        for (InputFile file : files) {
            if (!file.partitionNames().equals(first.partitionNames())) {
                throw JobException.data(
                        "%s is in folders of the columns %s, and %s of %s: read files of the same columns."
                                .formatted(first.path(), first.partitionNames(), file.path(), file.partitionNames()));
            }
        }
        return new InputFiles(List.copyOf(files), notes);
    }

    List<InputFile> files() {
        return files;
    }

    /** Returns their paths. */
    List<Path> paths() {
        return files.stream().map(InputFile::path).toList();
    }

    /** Returns notes about folders that are not read, one sentence each. */
    List<String> notes() {
        return notes;
    }

    /** Returns files as arguments of a Spark reader, escaped because the reader takes paths as globs. */
    static String[] toArguments(List<Path> files) {
        return files.stream()
                .map(file -> file.toString().replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1"))
                .toArray(String[]::new);
    }

    private static FileStatus[] matches(Configuration configuration, String path) throws IOException {
        Path literal = pathOf(path);
        FileSystem system = literal.getFileSystem(configuration);
        if (system.exists(literal)) {
            return new FileStatus[] {system.getFileStatus(literal)};
        }
        FileStatus[] matches = system.globStatus(literal);
        if (matches == null || matches.length == 0) {
            throw JobException.data("There is no file at " + path + ". Check the path and its file system.");
        }
        return matches;
    }

    private static Path pathOf(String path) {
        try {
            return new Path(path);
        } catch (IllegalArgumentException e) {
            throw JobException.data("\"" + path + "\" is no path: " + e.getMessage());
        }
    }

    private static void collect(
            FileSystem system,
            FileStatus status,
            List<PartitionValue> partitions,
            List<InputFile> found,
            List<String> notes)
            throws IOException {
        if (!status.isDirectory()) {
            if (status.getLen() > 0) {
                found.add(new InputFile(status.getPath(), partitions));
            }
            return;
        }
        int before = found.size();
        List<String> folders = new ArrayList<>();
        for (FileStatus child : system.listStatus(status.getPath())) {
            String name = child.getPath().getName();
            PartitionValue value = child.isDirectory() && !name.startsWith(".")
                    ? PartitionValue.of(name).orElse(null)
                    : null;
            if (value != null) {
                List<PartitionValue> deeper = new ArrayList<>(partitions);
                deeper.add(value);
                collect(system, child, deeper, found, notes);
            } else if (!name.startsWith("_") && !name.startsWith(".")) {
                if (child.isDirectory()) {
                    folders.add(name);
                } else {
                    collect(system, child, partitions, found, notes);
                }
            }
        }
        if (folders.isEmpty()) {
            return;
        }
        String names = String.join(", ", folders.subList(0, Math.min(LISTED, folders.size())))
                + (folders.size() > LISTED ? ", ..." : "");
        if (found.size() == before) {
            throw JobException.data("%s holds no files but the folders %s: name those to read, or all with %s/*"
                    .formatted(status.getPath(), names, status.getPath()));
        }
        notes.add("the folders within %s are not read: %s".formatted(status.getPath(), names));
    }
}
