package org.sparkgrad.job.assemble;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** Reads one row of a table. */
@FunctionalInterface
public interface InstanceOfRow extends Serializable {
    /**
     * Returns the row as an instance.
     *
     * @throws org.sparkgrad.job.problem.JobException for a cell that its role does not allow
     */
    Instance read(Row row);
}
