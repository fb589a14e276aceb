package org.sparkgrad.job.spark.version;

import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;

/** Files in a plan of Spark. */
public final class FileRelations {
    private FileRelations() {}

    /** Returns the same rows of a plan, read from files in another way. */
    public static LogicalRelation with(LogicalRelation relation, HadoopFsRelation files) {
        return relation.copy(
                files, relation.output(), relation.catalogTable(), relation.isStreaming(), relation.stream());
    }
}
