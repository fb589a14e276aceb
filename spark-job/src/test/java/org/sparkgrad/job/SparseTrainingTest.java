package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.JobExchange;
import org.sparkgrad.job.exchange.ScaledExchange;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.optimize.Objective;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.optimize.PlainData;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;

/** Whether zeros are held changes the way to the optimum, not the optimum. */
class SparseTrainingTest {
    private static final int FEATURES = 60;
    private static final double REG_PARAM = 0.01;

    private static List<Instance> instances() {
        SplittableRandom random = new SplittableRandom(5);
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int[] indices =
                    random.ints(0, FEATURES).distinct().limit(6).sorted().toArray();
            double[] values = new double[indices.length];
            double score = random.nextGaussian();
            for (int e = 0; e < indices.length; e++) {
                values[e] = (1 + indices[e] % 3) * (1 + random.nextDouble());
                score += indices[e] % 2 == 0 ? values[e] : -values[e];
            }
            instances.add(new Instance(i, score > 0 ? 1 : 0, 1, Vectors.sparse(FEATURES, indices, values)));
        }
        return instances;
    }

    @ParameterizedTest
    @CsvSource({
        "REFERENCE,DOUBLE,true",
        "CPU,DOUBLE,true",
        "CPU,FLOAT,true",
        "CPU,DOUBLE,false",
        "OPENCL,FLOAT,true",
        "OPENCL,DOUBLE,true"
    })
    void sparseAndDenseReachTheSameObjective(EngineKind engine, Precision precision, boolean standardization) {
        RealData.assumeEngine(engine.name().toLowerCase(java.util.Locale.ROOT));
        JavaSparkContext spark = TestSpark.context("local[2]");
        Shards shards = TestData.shards(spark.parallelize(instances(), 3), FEATURES, 8, 1);
        EngineChoice choice = new EngineChoice(engine, precision, "test", List.of());
        Fitted dense = fit(spark, shards, choice, scale(shards, standardization, false));
        Fitted sparse = fit(spark, shards, choice, scale(shards, standardization, true));
        double tolerance = precision == Precision.DOUBLE ? 1e-8 : 1e-5;
        assertEquals(dense.objective, sparse.objective, tolerance * dense.objective);
        assertTrue(dense.objective < 0.5, "it learns: " + dense.objective);
        for (int j = 0; j <= FEATURES; j++) {
            assertEquals(
                    dense.original.values()[j],
                    sparse.original.values()[j],
                    precision == Precision.DOUBLE ? 1e-3 : 2e-2,
                    "coefficient " + j);
        }
    }

    private static FeatureScale scale(Shards shards, boolean standardization, boolean sparse) {
        return FeatureScale.of(shards.statistics(2), FEATURES, standardization, true, sparse);
    }

    private record Fitted(double objective, Coefficients original) {}

    private static Fitted fit(JavaSparkContext spark, Shards shards, EngineChoice choice, FeatureScale scale) {
        OptimizerSettings settings = new OptimizerSettings(
                Method.LBFGS,
                null,
                ScheduleSettings.CONSTANT,
                null,
                1,
                200,
                1e-12,
                null,
                Init.ZERO,
                null,
                ValidationSettings.NONE,
                1);
        var blocks = shards.blocks(scale, choice.precision());
        try (Exchange exchange = new JobExchange(spark, WorkerPlan.of(blocks, choice, new LogisticLoss(), 4))) {
            Objective objective = new Objective(ScaledExchange.over(exchange, scale), REG_PARAM, true);
            Iterator<OptimizerState> states = PlainData.optimizer(
                            settings, objective, new LogisticLoss(), 2000, FEATURES)
                    .states(Coefficients.zeros(1, FEATURES), (step, value) -> {});
            OptimizerState last = states.next();
            while (states.hasNext()) {
                last = states.next();
            }
            return new Fitted(last.objective(), scale.toOriginal(last.coefficients()));
        }
    }
}
