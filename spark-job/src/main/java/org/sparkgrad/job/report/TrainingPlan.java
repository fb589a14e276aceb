package org.sparkgrad.job.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.ColumnUse;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.MemoryPlan;
import org.sparkgrad.job.placement.WorkerSite;
import org.sparkgrad.job.shard.DataSize;

/**
 * What a training run would do, as a dry run tells it.
 *
 * @param columns the columns of the training table
 * @param size of the training rows
 * @param missing cells missing in the feature columns of the files
 * @param dropped rows of the files left out for a missing number
 * @param validationRows rows held out of the training files
 * @param testRows rows of the test files; null when there are none
 * @param labels the original label of each class
 * @param classRows the training rows of each class
 * @param engine the engine, and why it
 * @param places where the workers would run
 * @param memory what they would hold
 */
public record TrainingPlan(
        List<ColumnUse> columns,
        DataSize size,
        long missing,
        long dropped,
        long validationRows,
        @Nullable Long testRows,
        List<String> labels,
        List<Long> classRows,
        EngineChoice engine,
        List<WorkerSite> places,
        MemoryPlan memory) {}
