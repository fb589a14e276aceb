package org.sparkgrad.job.ml.fit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.config.EngineSettings;
import org.sparkgrad.job.config.EngineSettings.Choice;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.ModelSettings;
import org.sparkgrad.job.config.ModelSettings.ClassWeight;
import org.sparkgrad.job.config.ModelSettings.LossKind;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;
import org.sparkgrad.job.ml.dataset.DatasetShape;
import org.sparkgrad.job.ml.params.TrainingParams;
import org.sparkgrad.job.optimize.Bounds;
import org.sparkgrad.job.optimize.Optimizers;
import org.sparkgrad.job.shard.FeatureRangeCheck;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.ShardCount;
import org.sparkgrad.job.shard.Statistics;

/** Converts an estimator's parameters to the settings that all entries share. */
public final class EstimatorSettings {
    private static final int EPOCHS = 10;
    private static final long SEED = 42;

    private EstimatorSettings() {}

    /** Returns the objective. */
    public static ModelSettings model(TrainingParams params, boolean multinomial) {
        return new ModelSettings(
                multinomial ? LossKind.SOFTMAX : LossKind.LOGISTIC,
                params.getRegParam(),
                params.getRegParam() == 0 ? 0 : params.getElasticNetParam(),
                params.getFitIntercept(),
                params.getStandardization(),
                ClassWeight.NONE);
    }

    /** Returns the method and its limits. */
    public static OptimizerSettings optimizer(TrainingParams params) {
        return new OptimizerSettings(
                params.find(params.optimizer(), Method.class, Method.AUTO),
                number(params.find(params.learningRate())),
                schedule(params),
                whole(params.find(params.batchSize())),
                orElse(whole(params.find(params.epochs())), EPOCHS),
                params.getMaxIter(),
                params.getTol(),
                null,
                Init.ZERO,
                null,
                new ValidationSettings(0, whole(params.find(params.patience()))),
                seed(params));
    }

    private static ScheduleSettings schedule(TrainingParams params) {
        ScheduleSettings constant = ScheduleSettings.CONSTANT;
        return new ScheduleSettings(
                params.find(params.schedule(), ScheduleSettings.Kind.class, constant.kind()),
                orElse(number(params.find(params.scheduleDecay())), constant.decay()),
                orElse(whole(params.find(params.scheduleSteps())), constant.steps()),
                orElse(number(params.find(params.schedulePower())), constant.power()),
                orElse(whole(params.find(params.warmupSteps())), constant.warmupSteps()));
    }

    /** Returns the engine, its precision and its exchange. */
    public static EngineSettings engine(TrainingParams params) {
        return new EngineSettings(
                params.find(params.engine(), Choice.class, Choice.AUTO),
                params.find(params.precision(), Precision.class, Precision.FLOAT),
                List.of(),
                whole(params.find(params.shards())),
                params.find(params.exchange(), ExchangeKind.class, ExchangeKind.AUTO));
    }

    /** Returns S for the rows of a dataset. */
    public static int shards(TrainingParams params, DatasetShape shape) {
        EngineSettings engine = engine(params);
        if (engine.shards() != null) {
            return engine.shards();
        }
        OptimizerSettings optimizer = optimizer(params);
        Long batchSize = Optimizers.isMiniBatch(optimizer) ? Optimizers.batchSize(optimizer, shape.rows()) : null;
        return ShardCount.of(shape.size(), engine.precision(), batchSize);
    }

    /**
     * Returns the scale of the rows of one model.
     *
     * @throws org.sparkgrad.job.problem.JobException for a feature that cannot be scaled
     */
    public static FeatureScale scale(
            TrainingParams params, @Nullable Bounds bounds, Statistics statistics, int features, boolean sparse) {
        boolean shifts = params.getFitIntercept() && (bounds == null || !bounds.holdIntercepts(features));
        boolean single = engine(params).precision() == Precision.FLOAT && !params.getStandardization();
        FeatureRangeCheck.refuse(statistics, features, single, j -> "feature " + j);
        FeatureScale raw = FeatureScale.of(statistics, features, params.getStandardization(), shifts, sparse);
        return shifts && Optimizers.centres(optimizer(params)) ? raw.centred(statistics) : raw;
    }

    private static long seed(TrainingParams params) {
        Object seed = params.find(params.seed());
        return seed == null ? SEED : (long) seed;
    }

    private static <N extends Number> N orElse(@Nullable N number, N other) {
        return number == null ? other : number;
    }

    private static @Nullable Integer whole(@Nullable Object number) {
        return (Integer) number;
    }

    private static @Nullable Double number(@Nullable Object number) {
        return (Double) number;
    }
}
