package org.sparkgrad.job.evaluate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sparkgrad.job.model.RenamedColumns;
import org.sparkgrad.job.model.SavedModel;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.RowOrder;
import org.sparkgrad.job.read.Table;

/** The columns that a model adds to a table. */
public final class Predictions {
    /** The column of predicted labels. */
    public static final String PREDICTION = "prediction";

    /** The prefix of the probability columns; the label follows. */
    public static final String PROBABILITY = "probability_";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private Predictions() {}

    /**
     * Returns the table's rows in the order of their numbers. The columns are those of the table without the row
     * numbers, then the predicted label (a whole number if all labels are whole numbers, else text) and the probability
     * of each label. A row without features has no prediction. If the table already has the name of an added column,
     * the added column gets an underscore before its name.
     *
     * @param table the table, with a column {@link Table#ROW_NUMBER}
     * @throws org.sparkgrad.job.problem.JobException if columns of the model are missing
     */
    public static Dataset<Row> of(SavedModel model, Dataset<Row> table) {
        ColumnReferences known = new ColumnReferences(table.columns());
        List<String> names = known.names();
        RenamedColumns apart = model.apart(table);
        String scores = new ColumnReferences(apart.table().columns()).free("scores");
        Column predicted = col(scores).getItem(0).plus(1).cast("int");
        List<Column> columns = new ArrayList<>();
        names.forEach(name -> columns.add(apart.column(name).as(name)));
        columns.add(element_at(labels(model.labels()), predicted).as(known.take(PREDICTION)));
        for (int k = 0; k < model.labels().size(); k++) {
            columns.add(col(scores)
                    .getItem(1 + k)
                    .as(known.take(PROBABILITY + model.labels().get(k))));
        }
        return RowOrder.inOrder(model.scored(apart.table(), scores), columns);
    }

    private static Column labels(List<String> labels) {
        boolean numbers =
                labels.stream().allMatch(label -> WHOLE_NUMBER.matcher(label).matches());
        return array(labels.stream()
                .map(label -> numbers ? lit(Long.parseLong(label)) : lit(label))
                .toArray(Column[]::new));
    }
}
