package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.execution.ColumnarToRowExec;
import org.apache.spark.sql.execution.InputAdapter;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The rows of a table as batches of columns, straight from a columnar reader of Spark such as that of Parquet. This way
 * exists only for a plan in which nothing but a choice, an order or new names of columns, and {@link RowNumber}, follow
 * the reader. Any other step, such as a filter, a cast or the deleted rows of a Delta table, may change or remove rows:
 * then Spark runs the plan, and its rows are copied into batches.
 */
public final class ColumnBatches implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient Supplier<JavaRDD<ColumnarBatch>> reader;
    /** The places of the table's columns, then that of the row number, or those of the file and of the row in the file. */
    private final int[] places;

    private final @Nullable RowNumber number;

    private ColumnBatches(Supplier<JavaRDD<ColumnarBatch>> reader, int[] places, @Nullable RowNumber number) {
        this.reader = reader;
        this.places = places;
        this.number = number;
    }

    /**
     * Returns the batches of a table.
     *
     * @param rows a table whose last column is {@link Table#ROW_NUMBER}
     */
    public static ColumnBatches of(Dataset<Row> rows) {
        return ofReader(rows).orElseGet(() -> ofRows(rows));
    }

    /** Returns the batches of a table, as its reader gives them; empty if the plan of the table does more than read. */
    public static Optional<ColumnBatches> ofReader(Dataset<Row> rows) {
        Optional<ColumnBatches> own = ofSource(rows);
        return own.isPresent() ? own : ofPlan(WideSession.plan(rows));
    }

    private static ColumnBatches ofRows(Dataset<Row> rows) {
        RowsToColumns copies = new RowsToColumns(rows.schema());
        return new ColumnBatches(
                () -> rows.queryExecution().toRdd().toJavaRDD().mapPartitions(copies),
                IntStream.range(0, rows.schema().length()).toArray(),
                null);
    }

    /** Returns the batches of a table of ours, which needs no plan of Spark. */
    private static Optional<ColumnBatches> ofSource(Dataset<Row> rows) {
        LogicalPlan plan = rows.queryExecution().analyzed();
        List<Expression> outputs = new ArrayList<>(JavaConverters.seqAsJavaList(plan.output()));
        while (plan instanceof Project project) {
            Map<ExprId, Expression> named = named(project.projectList());
            outputs.replaceAll(output -> through(output, named));
            plan = project.child();
        }
        if (!(plan instanceof DataSourceV2Relation relation && relation.table() instanceof BatchTable<?> table)) {
            return Optional.empty();
        }
        int[] columns = places(outputs, relation.output());
        return IntStream.of(columns).anyMatch(place -> place < 0)
                ? Optional.empty()
                : Optional.of(new ColumnBatches(
                        () -> table.source().batches(rows.sparkSession(), columns),
                        IntStream.range(0, columns.length).toArray(),
                        null));
    }

    private static Optional<ColumnBatches> ofPlan(SparkPlan whole) {
        SparkPlan plan = whole;
        List<Expression> outputs = new ArrayList<>(JavaConverters.seqAsJavaList(plan.output()));
        RowNumber number = null;
        while (!(plan instanceof ColumnarToRowExec)) {
            if (plan instanceof ProjectExec project) {
                Map<ExprId, Expression> named = named(project.projectList());
                outputs.replaceAll(output -> through(output, named));
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
        int[] places = places(outputs, reader.output());
        return number == null || IntStream.of(places).anyMatch(place -> place < 0)
                ? Optional.empty()
                : Optional.of(new ColumnBatches(() -> reader.executeColumnar().toJavaRDD(), places, number));
    }

    private static Expression last(List<Expression> outputs) {
        return outputs.get(outputs.size() - 1);
    }

    /** Returns what each output of a projection is made of. */
    private static Map<ExprId, Expression> named(Seq<NamedExpression> projection) {
        Map<ExprId, Expression> named = new HashMap<>();
        // An iteration: an element of a list of Scala is found by walking there.
        JavaConverters.seqAsJavaList(projection)
                .forEach(output -> named.put(output.exprId(), bare((Expression) output)));
        return named;
    }

    /** Returns what an output of a projection is made of, by the columns that the projection reads. */
    private static Expression through(Expression output, Map<ExprId, Expression> projection) {
        Expression bare = bare(output);
        if (bare instanceof Attribute column) {
            return projection.getOrDefault(column.exprId(), bare);
        }
        if (bare instanceof GetStructField field
                && through(field.child(), projection) instanceof CreateNamedStruct struct) {
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

    /** Returns the place of each output among columns; -1 for an output that is none of them. */
    private static int[] places(List<Expression> outputs, Seq<? extends Attribute> columns) {
        Map<ExprId, Integer> known = new HashMap<>();
        JavaConverters.seqAsJavaList(columns).forEach(column -> known.put(column.exprId(), known.size()));
        return outputs.stream()
                .mapToInt(output ->
                        bare(output) instanceof Attribute column ? known.getOrDefault(column.exprId(), -1) : -1)
                .toArray();
    }

    /** Returns the batches; within a task, each is valid until the next one. */
    public JavaRDD<ColumnBatch> batches() {
        return reader.get().map(this::batch);
    }

    private ColumnBatch batch(ColumnarBatch columns) {
        return new ColumnBatch(columns, places, number);
    }
}
