package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.expressions.SparkUserDefinedFunction;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;
import scala.collection.immutable.List$;
import scala.runtime.AbstractFunction2;

/**
 * Computes the number of a row from its file, as Spark names it, and its place in the file. Rows arrive file by file. In
 * a plan of Spark this object is the function itself, so that {@link ColumnBatches} can find it there.
 */
final class RowNumber extends AbstractFunction2<String, Long, Long> implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Map<String, Long> firstRows;
    private FirstRow last = new FirstRow("", 0);

    private RowNumber(Map<String, Long> firstRows) {
        this.firstRows = firstRows;
    }

    /** The number of the first row of a file, with the file as Spark names it. */
    private record FirstRow(String file, long row) implements Serializable {}

    /** @param files the files, in the order of their rows */
    static RowNumber of(List<Path> files, List<Long> rows) {
        Map<String, Long> firstRows = new HashMap<>();
        long first = 0;
        for (int i = 0; i < files.size(); i++) {
            firstRows.put(files.get(i).toString(), first);
            first += rows.get(i);
        }
        return new RowNumber(firstRows);
    }

    /** Returns the function of the columns {@code _metadata.file_path} and {@code _metadata.row_index}. */
    UserDefinedFunction function() {
        return new SparkUserDefinedFunction(
                this,
                DataTypes.LongType,
                List$.MODULE$.empty(),
                Option.empty(),
                Option.apply("rowNumber"),
                false,
                true);
    }

    @Override
    public Long apply(String file, Long index) {
        return firstRow(file) + index;
    }

    /** Returns the number of the first row of a file. */
    long firstRow(String file) {
        FirstRow at = last;
        if (!file.equals(at.file())) {
            Long first = firstRows.get(FileBlock.pathOf(file).toString());
            if (first == null) {
                throw new IllegalStateException(file + " was not there when the files were first read");
            }
            at = new FirstRow(file, first);
            last = at;
        }
        return at.row();
    }
}
