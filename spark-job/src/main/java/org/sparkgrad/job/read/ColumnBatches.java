package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.JavaConverters;

/**
 * The rows of a table as batches of columns, straight from a columnar reader of Spark such as that of Parquet. This way
 * exists only for a plan in which nothing but a choice, an order or new names of columns, and {@link RowNumber}, follow
 * the reader. Any other step, such as a filter, a cast or the deleted rows of a Delta table, may change or remove rows.
 */
public final class ColumnBatches implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient SparkPlan reader;
    /** The places of the table's columns, then those of the file and of the row in the file. */
    private final int[] places;

    private final RowNumber number;

    private ColumnBatches(SparkPlan reader, int[] places, RowNumber number) {
        this.reader = reader;
        this.places = places;
        this.number = number;
    }

    /**
     * Returns the batches of a table; empty if its plan does more than read columns.
     *
     * @param rows a table whose last column is {@link Table#ROW_NUMBER}
     */
    public static Optional<ColumnBatches> of(Dataset<Row> rows) {
        SparkPlan plan = WideSession.plan(rows);
        List<Expression> outputs = new ArrayList<>(JavaConverters.seqAsJavaList(plan.output()));
        RowNumber number = null;
        while (!(plan instanceof ColumnarToRowExec)) {
            if (plan instanceof ProjectExec project) {
                outputs.replaceAll(output -> through(output, project));
                if (last(outputs) instanceof ScalaUDF function && function.function() instanceof RowNumber own) {
                    number = own;
                    outputs.remove(outputs.size() - 1);
                    outputs.addAll(JavaConverters.seqAsJavaList(function.children()));
                }
                plan = project.child();
            } else if (plan instanceof WholeStageCodegenExec stage) {
                plan = stage.child();
            } else if (plan instanceof InputAdapter input) {
                plan = input.child();
            } else {
                return Optional.empty();
            }
        }
        SparkPlan reader = ((ColumnarToRowExec) plan).child();
        List<Attribute> columns = JavaConverters.seqAsJavaList(reader.output());
        int[] places =
                outputs.stream().mapToInt(output -> place(output, columns)).toArray();
        return number == null || IntStream.of(places).anyMatch(place -> place < 0)
                ? Optional.empty()
                : Optional.of(new ColumnBatches(reader, places, number));
    }

    private static Expression last(List<Expression> outputs) {
        return outputs.get(outputs.size() - 1);
    }

    /** Returns what an output of a projection is made of, by the columns that the projection reads. */
    private static Expression through(Expression output, ProjectExec project) {
        Expression bare = bare(output);
        if (bare instanceof Attribute column) {
            for (NamedExpression named : JavaConverters.seqAsJavaList(project.projectList())) {
                if (named.exprId().equals(column.exprId())) {
                    return bare((Expression) named);
                }
            }
        }
        if (bare instanceof GetStructField field
                && through(field.child(), project) instanceof CreateNamedStruct struct) {
            return bare(struct.valExprs().apply(field.ordinal()));
        }
        return bare;
    }

    /** Returns an expression without the nodes that change its name only. */
    private static Expression bare(Expression expression) {
        if (expression instanceof Alias alias) {
            return bare(alias.child());
        }
        return expression instanceof KnownNotNull known ? bare(known.child()) : expression;
    }

    private static int place(Expression output, List<Attribute> columns) {
        if (bare(output) instanceof Attribute column) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).exprId().equals(column.exprId())) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Returns the batches; within a task, each is valid until the next one. */
    public JavaRDD<ColumnBatch> batches() {
        return reader.executeColumnar().toJavaRDD().map(this::batch);
    }

    private ColumnBatch batch(ColumnarBatch columns) {
        return new ColumnBatch(columns, places, number);
    }
}
