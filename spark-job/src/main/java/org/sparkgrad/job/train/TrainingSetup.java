package org.sparkgrad.job.train;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.placement.MemoryPlan;
import org.sparkgrad.job.placement.WorkerSite;
import org.sparkgrad.job.report.MemoryText;
import org.sparkgrad.job.report.Progress;

/**
 * What workers compute with, and where: the same for a run, for a fit of the estimator, and for a grid.
 *
 * @param engine the engine, and the reason for its choice
 * @param loss the loss, with K outputs
 * @param sites the places where the workers run
 * @param memory the plan of the workers' memory
 */
public record TrainingSetup(EngineChoice engine, Loss loss, List<WorkerSite> sites, MemoryPlan memory) {
    /**
     * Runs a task for each worker, and plans their memory.
     *
     * @param set the training rows
     * @param models the largest number of models that a pass serves
     * @param matrix the number of elements of the largest symmetric matrix that is summed over the rows, or 0
     */
    public static TrainingSetup of(
            JavaSparkContext spark, EngineChoice engine, Loss loss, TrainingSet set, int models, long matrix) {
        int shards = set.rows().count();
        List<WorkerSite> sites = WorkerSite.ask(spark, engine, shards);
        MemoryPlan memory = MemoryPlan.of(set.size(), shards, engine, models * loss.outputs(), matrix, sites);
        return new TrainingSetup(engine, loss, sites, memory);
    }

    /**
     * Makes blocks of the rows, in the set's scale, and returns the workers that sum over them.
     *
     * @param progress receives a warning if some shards are read from disk in every step
     */
    public WorkerPlan workers(TrainingSet set, Progress progress) {
        if (engine.kind() == EngineKind.CPU) {
            OpenBlas.load(); // Called here and not by ND4J: otherwise the bits would depend on the first caller.
        }
        if (!memory.allResident()) {
            progress.warn(MemoryText.note(memory));
        }
        var blocks = set.rows().blocks(set.scale(), engine.precision(), memory.allResident());
        return WorkerPlan.of(blocks, engine, loss, memory.resident());
    }
}
