package org.sparkgrad.job.read;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.WholeStageCodegenExec;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.spark.version.FileRelations;
import org.sparkgrad.job.spark.version.SparkSessions;
import scala.Tuple2;
import scala.runtime.AbstractPartialFunction;

/**
 * Plans a table so that its columns can be read in batches. Spark reads tables of more than 100 columns by rows, since
 * the code that it would generate for rows is too long; for batches it generates none. The limit is raised in a copy of
 * the session, never in the user's.
 */
final class WideSession {
    private static final String OPTION = "sparkgrad.readInBatches";

    private WideSession() {}

    /** Returns the plan of the rows. */
    static SparkPlan plan(Dataset<Row> rows) {
        SparkSession session = rows.sparkSession();
        StructType read = rows.schema().add("path of the file", "string").add("row in the file", "long");
        if (!WholeStageCodegenExec.isTooManyFields(session.sessionState().conf(), read)) {
            return rows.queryExecution().executedPlan();
        }
        SparkSession wide = SparkSessions.copy(session);
        wide.conf().set(SQLConf.WHOLESTAGE_MAX_NUM_FIELDS().key(), (long) Integer.MAX_VALUE);
        LogicalPlan plan = rows.queryExecution().analyzed().transform(new InSession(wide));
        return SparkSessions.rows(wide, plan).queryExecution().executedPlan();
    }

    /** Replaces the session of files. */
    private static final class InSession extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {
        private final SparkSession session;

        InSession(SparkSession session) {
            this.session = session;
        }

        @Override
        public boolean isDefinedAt(LogicalPlan plan) {
            return plan instanceof LogicalRelation relation && relation.relation() instanceof HadoopFsRelation;
        }

        @Override
        public LogicalPlan apply(LogicalPlan plan) {
            LogicalRelation relation = (LogicalRelation) plan;
            HadoopFsRelation files = (HadoopFsRelation) relation.relation();
            HadoopFsRelation moved = new HadoopFsRelation(
                    files.location(),
                    files.partitionSchema(),
                    files.dataSchema(),
                    files.bucketSpec(),
                    files.fileFormat(),
                    // Two relations are equal to Spark whatever their sessions are, and it keeps the one that it has.
                    files.options().$plus(new Tuple2<>(OPTION, "true")),
                    session);
            return FileRelations.with(relation, moved);
        }
    }
}
