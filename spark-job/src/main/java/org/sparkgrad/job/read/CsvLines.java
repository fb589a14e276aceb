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

/** The lines or records of text files, each with its block. */
final class CsvLines {
    private static final int TEXT = 0;
    private static final int FILE = 1;
    private static final int START = 2;
    private static final char NUL = 0;
    private static final char REPLACED = '\uFFFD';

    private CsvLines() {}

    /** Returns the lines, in order within a block. The blocks of this RDD are Spark's. */
    static JavaRDD<Row> of(SparkSession spark, List<Path> files) {
        return spark.read()
                .text(InputFiles.toArguments(files))
                .select(col("value").cast("binary"), col("_metadata.file_path"), col("_metadata.file_block_start"))
                .toJavaRDD()
                .mapPartitions(CsvLines::namingTheFile);
    }

    /**
     * Returns the lines of a task. If a line cannot be read, the exception names the file, which Spark's exception does
     * not.
     */
    private static Iterator<Row> namingTheFile(Iterator<Row> lines) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                try {
                    return lines.hasNext();
                } catch (RuntimeException e) { // from a killed task; an unreadable file gives an IOException
                    throw e;
                } catch (Exception e) { // an IOException, which no signature declares
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
     * Returns the records of files in which quoted cells contain line breaks. One file is one block and one task,
     * because only a reader that begins at the start of a file can find which line breaks end a record.
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

    /** Returns whether a line is text in UTF-8: without NUL, and without bytes that the reader has replaced. */
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
