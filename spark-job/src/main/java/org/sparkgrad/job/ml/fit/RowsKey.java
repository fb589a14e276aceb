package org.sparkgrad.job.ml.fit;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.columnar.InMemoryRelation;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.ml.params.TrainingParams;
import scala.collection.JavaConverters;

/**
 * The key of blocks and engines: the Dataset's plan over persisted rows, and the parameters that determine shards,
 * scale, loss and engine. Two fits with one key use the same blocks.
 *
 * @param application Spark's id of the application
 * @param plan the plan in Spark's canonical form, down to the persisted plans
 * @param persisted the ids of the RDDs that hold the rows
 * @param parameters the values of the parameters, in a fixed order
 */
public record RowsKey(String application, LogicalPlan plan, Set<Integer> persisted, List<@Nullable Object> parameters) {
    /**
     * Returns the key of a fit. It is empty if rows are read from elsewhere, because they could change before the next
     * fit, or if the method needs its own exchange.
     */
    public static Optional<RowsKey> of(Dataset<?> dataset, TrainingParams params) {
        if (!BlockParams.sharesPasses(params)
                || EstimatorSettings.engine(params).exchange() == ExchangeKind.STAGE) {
            return Optional.empty();
        }
        LogicalPlan plan = dataset.queryExecution().withCachedData();
        Set<Integer> persisted = new HashSet<>();
        for (LogicalPlan leaf : JavaConverters.seqAsJavaList(plan.collectLeaves())) {
            if (!(leaf instanceof InMemoryRelation rows)) {
                return Optional.empty();
            }
            persisted.add(rows.cacheBuilder().cachedColumnBuffers().id());
        }
        return plan.deterministic()
                ? Optional.of(new RowsKey(
                        dataset.sparkSession().sparkContext().applicationId(),
                        plan.canonicalized(),
                        Set.copyOf(persisted),
                        BlockParams.inOwnScale(params)))
                : Optional.empty();
    }
}
