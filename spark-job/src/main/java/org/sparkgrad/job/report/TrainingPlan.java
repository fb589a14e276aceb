package org.sparkgrad.job.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.assemble.ColumnUse;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.MemoryPlan;
import org.sparkgrad.job.placement.WorkerSite;
import org.sparkgrad.job.shard.DataSize;

/**
 * The plan of a training run, as a dry run prints it.
 *
 * @param columns the columns of the training table
 * @param size the size of the training rows
 * @param missing the number of missing cells in the feature columns of the files
 * @param dropped the number of rows of the files that are dropped because a number is missing
 * @param validationRows the number of held-out rows of the training files
 * @param testRows the number of rows of the test files; null if there are none
 * @param labels the original label of each class
 * @param classRows the number of training rows of each class
 * @param engine the engine, and the reason for its choice
 * @param places the places where the workers would run
 * @param memory the plan of the workers' memory
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
