package org.sparkgrad.job.ml.params;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.config.EngineSettings.Choice;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;

/**
 * The parameters beside those of MLlib's LogisticRegression. Spark asks for parameters while its own constructor runs,
 * before a field here could be set: each is made when it is first asked for.
 */
public abstract class TrainingParams extends LogisticRegression {
    private static final long serialVersionUID = 1L;

    private @Nullable Param<String> engine;
    private @Nullable Param<String> precision;
    private @Nullable Param<String> optimizer;
    private @Nullable Param<String> schedule;
    private @Nullable DoubleParam scheduleDecay;
    private @Nullable IntParam scheduleSteps;
    private @Nullable DoubleParam schedulePower;
    private @Nullable IntParam warmupSteps;
    private @Nullable DoubleParam learningRate;
    private @Nullable IntParam batchSize;
    private @Nullable IntParam epochs;
    private @Nullable LongParam seed;
    private @Nullable IntParam shards;
    private @Nullable Param<String> exchange;
    private @Nullable Param<String> validationIndicatorCol;
    private @Nullable IntParam patience;
    private @Nullable Param<String> checkpointDir;

    private @Nullable LogisticRegressionModel initialModel;

    /** @param uid its unique name */
    protected TrainingParams(String uid) {
        super(uid);
    }

    /** The engine: auto (default), cpu, opencl or reference. */
    public Param<String> engine() {
        engine = made(engine, () -> choice("engine", "what computes the gradients", Choice.values()));
        return engine;
    }

    /** The number format inside an engine: float (default) or double. */
    public Param<String> precision() {
        precision = made(precision, () -> choice("precision", "number format inside an engine", Precision.values()));
        return precision;
    }

    /** The method: auto (default; adam when a batch size is set, else lbfgs with a preconditioner and its like), lbfgs, gd, sgd, adam and its like. */
    public Param<String> optimizer() {
        optimizer = made(optimizer, () -> choice("optimizer", "the method of optimisation", Method.values()));
        return optimizer;
    }

    /** The learning rate over time: constant (default), step, exponential, inverse, polynomial or cosine. */
    public Param<String> schedule() {
        schedule =
                made(schedule, () -> choice("schedule", "the learning rate over time", ScheduleSettings.Kind.values()));
        return schedule;
    }

    /** The factor of schedules step and exponential; 0.5 by default. */
    public DoubleParam scheduleDecay() {
        scheduleDecay = made(
                scheduleDecay,
                () -> new DoubleParam(
                        this, "scheduleDecay", "factor of a schedule", ParamValidators.inRange(0, 1, false, true)));
        return scheduleDecay;
    }

    /** Steps from one factor to the next in schedules step and exponential, the scale of inverse; 1000 by default. */
    public IntParam scheduleSteps() {
        scheduleSteps = made(
                scheduleSteps,
                () -> new IntParam(this, "scheduleSteps", "steps of a schedule", ParamValidators.gtEq(1)));
        return scheduleSteps;
    }

    /** The exponent of schedules inverse and polynomial; 1 by default. */
    public DoubleParam schedulePower() {
        schedulePower = made(
                schedulePower,
                () -> new DoubleParam(this, "schedulePower", "exponent of a schedule", ParamValidators.gt(0)));
        return schedulePower;
    }

    /** Steps in which schedule cosine first rises to the learning rate; 0 by default. */
    public IntParam warmupSteps() {
        warmupSteps = made(
                warmupSteps,
                () -> new IntParam(this, "warmupSteps", "first steps of schedule cosine", ParamValidators.gtEq(0)));
        return warmupSteps;
    }

    /** The first learning rate of every method but lbfgs; when not set, the method's own. */
    public DoubleParam learningRate() {
        learningRate = made(
                learningRate,
                () -> new DoubleParam(this, "learningRate", "the first learning rate", ParamValidators.gt(0)));
        return learningRate;
    }

    /** Rows of a step of a mini-batch method; when not set, 256. */
    public IntParam batchSize() {
        batchSize = made(batchSize, () -> new IntParam(this, "batchSize", "rows of a step", ParamValidators.gtEq(1)));
        return batchSize;
    }

    /** Passes of a mini-batch method over the data; 10 by default. */
    public IntParam epochs() {
        epochs = made(
                epochs, () -> new IntParam(this, "epochs", "passes of a mini-batch method", ParamValidators.gtEq(1)));
        return epochs;
    }

    /** The seed of shuffle and batches; 42 by default. */
    public LongParam seed() {
        seed = made(seed, () -> new LongParam(this, "seed", "seed of shuffle and batches"));
        return seed;
    }

    /** Logical shards, a power of two; when not set, chosen from the size of data and batch. */
    public IntParam shards() {
        shards = made(shards, () -> new IntParam(this, "shards", "logical shards", ParamValidators.gtEq(1)));
        return shards;
    }

    /** How steps reach the workers: auto (default; stage), stage or job. */
    public Param<String> exchange() {
        exchange = made(exchange, () -> choice("exchange", "how steps reach the workers", ExchangeKind.values()));
        return exchange;
    }

    /** A boolean column that is true in rows that are not trained on, but may stop the training early. */
    public Param<String> validationIndicatorCol() {
        validationIndicatorCol = made(
                validationIndicatorCol,
                () -> new Param<>(this, "validationIndicatorCol", "column that is true in validation rows"));
        return validationIndicatorCol;
    }

    /** Steps or epochs in a row without a lower loss on the validation rows after which training stops. */
    public IntParam patience() {
        patience =
                made(patience, () -> new IntParam(this, "patience", "states without a gain", ParamValidators.gtEq(1)));
        return patience;
    }

    /**
     * A folder, on any Hadoop file system, in which the state of a training is saved every ten minutes and when it fails;
     * a fit of the same data and parameters goes on from there.
     */
    public Param<String> checkpointDir() {
        checkpointDir =
                made(checkpointDir, () -> new Param<>(this, "checkpointDir", "folder for the state of the training"));
        return checkpointDir;
    }

    /** Sets where training starts; a model of another shape is ignored with a warning, as in MLlib. Copies keep it. */
    @Override
    public TrainingParams setInitialModel(LogisticRegressionModel model) {
        initialModel = model;
        return this;
    }

    /** Returns where training starts, or null for no model. */
    public @Nullable LogisticRegressionModel initialModel() {
        return initialModel;
    }

    @Override
    public TrainingParams copy(ParamMap extra) {
        TrainingParams copy = (TrainingParams) super.copy(extra);
        copy.initialModel = initialModel;
        return copy;
    }

    private static <P> P made(@Nullable P param, Supplier<P> maker) {
        return param == null ? maker.get() : param;
    }

    private Param<String> choice(String name, String documentation, Enum<?>[] values) {
        List<String> allowed = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return new Param<>(
                this,
                name,
                documentation + ", one of " + String.join(", ", allowed),
                ParamValidators.inArray(new java.util.ArrayList<>(allowed)));
    }

    /** Returns the value of a parameter, or null where it is neither set nor has a default. */
    public <T> @Nullable T find(Param<T> param) {
        return isDefined(param) ? getOrDefault(param) : null;
    }

    /** Returns the constant of an enum that a parameter names, or the one for a parameter that is not set. */
    public <E extends Enum<E>> E find(Param<String> param, Class<E> type, E unset) {
        String name = find(param);
        return name == null ? unset : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
