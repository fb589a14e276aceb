package org.sparkgrad.job.read;

import java.io.IOException;
import java.net.URI;
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
 * The files behind the paths a user names: files, folders (with all below them) and globs of any Hadoop file system.
 *
 * <p>Names that start with "_" or "." are no data, as in Spark, nor are files without a byte.
 */
final class InputFiles {
    private InputFiles() {}

    /**
     * Returns every file once, in path order.
     *
     * @throws JobException for a path that leads to no file, or to empty files only
     */
    static List<Path> list(SparkSession spark, List<String> paths) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        TreeSet<Path> files = new TreeSet<>();
        for (String path : paths) {
            List<Path> found = new ArrayList<>();
            try {
                for (FileStatus status : matches(configuration, path)) {
                    collect(status.getPath().getFileSystem(configuration), status, found);
                }
            } catch (IOException e) {
                throw ReadProblems.unreadable(path, e);
            }
            if (found.isEmpty()) {
                throw JobException.data(path + " holds no data: its files are empty. Name files that have rows.");
            }
            files.addAll(found);
        }
        return List.copyOf(files);
    }

    /** Returns the files as arguments of a Spark reader, which takes paths for globs. */
    static String[] toArguments(List<Path> files) {
        return files.stream()
                .map(file -> file.toString().replaceAll("([\\\\*?\\[\\]{}])", "\\\\$1"))
                .toArray(String[]::new);
    }

    /** Returns a file's name as the user would write it, from Spark's {@code _metadata.file_path}. */
    static Path fromKey(String key) {
        return new Path(URI.create(key));
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

    private static void collect(FileSystem system, FileStatus status, List<Path> found) throws IOException {
        if (!status.isDirectory()) {
            if (status.getLen() > 0) {
                found.add(status.getPath());
            }
            return;
        }
        for (FileStatus child : system.listStatus(status.getPath())) {
            String name = child.getPath().getName();
            if (child.isDirectory() && name.contains("=")) {
                throw JobException.data("The folder " + child.getPath() + " holds a column's value in its name,"
                        + " which is not read: write the values as a column.");
            }
            if (!name.startsWith("_") && !name.startsWith(".")) {
                collect(system, child, found);
            }
        }
    }
}
