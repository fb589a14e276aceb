package org.sparkgrad.job.read;

import static org.apache.spark.sql.functions.col;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/** The lines or records of text files, each with the block it stands in. */
final class CsvLines {
    private static final int TEXT = 0;
    private static final int FILE = 1;
    private static final int START = 2;
    private static final char NUL = 0;
    private static final char REPLACED = '\uFFFD';

    private CsvLines() {}

    /** Returns the lines, in order within a block; the blocks of this RDD stay as they are. */
    static JavaRDD<Row> of(SparkSession spark, List<Path> files) {
        return spark.read()
                .text(InputFiles.toArguments(files))
                .select(col("value").cast("binary"), col("_metadata.file_path"), col("_metadata.file_block_start"))
                .toJavaRDD()
                .mapPartitions(CsvLines::namingTheFile);
    }

    /** Returns the lines of a task; where they cannot be read, the error names their file, which Spark's does not. */
    private static Iterator<Row> namingTheFile(Iterator<Row> lines) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                try {
                    return lines.hasNext();
                } catch (RuntimeException e) { // a killed task is one; a file that cannot be read is not
                    throw e;
                } catch (Exception e) { // an IOException that no signature declares
                    String file = InputFileBlockHolder.getInputFilePath().toString();
                    throw ReadProblems.unreadable(FileBlock.pathOf(file).toString(), e);
                }
            }

            @Override
            public Row next() {
                return lines.next();
            }
        };
    }

    /**
     * Returns the records of files in which quoted cells hold line breaks: one block and one task a file, since only from
     * its start can be told which line breaks end a record.
     */
    static JavaRDD<Row> ofRecords(SparkSession spark, List<Path> files, CsvDialect dialect) {
        SerializableConfiguration configuration =
                new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
        List<String> names = files.stream().map(file -> file.toUri().toString()).toList();
        return JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(names, names.size())
                .flatMap(name -> new CsvRecords(name, dialect, configuration.value()));
    }

    static String text(Row line) {
        return new String(line.<byte[]>getAs(TEXT), StandardCharsets.UTF_8);
    }

    /** Whether a line is text in UTF-8, as far as its text tells: what is not was replaced in it. */
    static boolean isUtf8(Row line, String text) {
        return text.indexOf(NUL) < 0
                && (text.indexOf(REPLACED) < 0
                        || Arrays.equals(text.getBytes(StandardCharsets.UTF_8), line.<byte[]>getAs(TEXT)));
    }

    static FileBlock block(Row line) {
        return new FileBlock(line.getString(FILE), line.getLong(START));
    }

    static boolean isIn(Row line, FileBlock block) {
        return line.getLong(START) == block.start() && line.getString(FILE).equals(block.file());
    }
}
