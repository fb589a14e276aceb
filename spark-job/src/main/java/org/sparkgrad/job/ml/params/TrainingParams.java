package org.sparkgrad.job.ml.params;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
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
import org.sparkgrad.job.spark.version.SeveralFits;

/**
 * The parameters of sparkgrad in addition to those of MLlib's LogisticRegression. Spark reads parameters in its own
 * constructor, before fields of this class can be set, so each parameter is created at its first use.
 */
public abstract class TrainingParams extends SeveralFits {
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

    /** @param uid the unique name */
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

    /**
     * The method: auto (default; adam if a batch size is set, else lbfgs with a preconditioner or a similar method),
     * lbfgs, gd, sgd, adam and similar methods.
     */
    public Param<String> optimizer() {
        optimizer = made(optimizer, () -> choice("optimizer", "the method of optimisation", Method.values()));
        return optimizer;
    }

    /** The learning rate schedule: constant (default), step, exponential, inverse, polynomial or cosine. */
    public Param<String> schedule() {
        schedule =
                made(schedule, () -> choice("schedule", "the learning rate over time", ScheduleSettings.Kind.values()));
        return schedule;
    }

    /** The factor of the schedules step and exponential; 0.5 by default. */
    public DoubleParam scheduleDecay() {
        scheduleDecay = made(
                scheduleDecay,
                () -> new DoubleParam(
                        this, "scheduleDecay", "factor of a schedule", ParamValidators.inRange(0, 1, false, true)));
        return scheduleDecay;
    }

    /**
     * The number of steps between two factors in the schedules step and exponential, and the scale of inverse; 1000 by
     * default.
     */
    public IntParam scheduleSteps() {
        scheduleSteps = made(
                scheduleSteps,
                () -> new IntParam(this, "scheduleSteps", "steps of a schedule", ParamValidators.gtEq(1)));
        return scheduleSteps;
    }

    /** The exponent of the schedules inverse and polynomial; 1 by default. */
    public DoubleParam schedulePower() {
        schedulePower = made(
                schedulePower,
                () -> new DoubleParam(this, "schedulePower", "exponent of a schedule", ParamValidators.gt(0)));
        return schedulePower;
    }

    /** The number of steps in which the schedule cosine first rises to the learning rate; 0 by default. */
    public IntParam warmupSteps() {
        warmupSteps = made(
                warmupSteps,
                () -> new IntParam(this, "warmupSteps", "first steps of schedule cosine", ParamValidators.gtEq(0)));
        return warmupSteps;
    }

    /** The first learning rate of every method except lbfgs; if not set, the default of the method. */
    public DoubleParam learningRate() {
        learningRate = made(
                learningRate,
                () -> new DoubleParam(this, "learningRate", "the first learning rate", ParamValidators.gt(0)));
        return learningRate;
    }

    /** The number of rows of a step of a mini-batch method; 256 if not set. */
    public IntParam batchSize() {
        batchSize = made(batchSize, () -> new IntParam(this, "batchSize", "rows of a step", ParamValidators.gtEq(1)));
        return batchSize;
    }

    /** The number of passes of a mini-batch method over the data; 10 by default. */
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

    /** The number of logical shards, a power of two; if not set, it follows from the size of data and batch. */
    public IntParam shards() {
        shards = made(shards, () -> new IntParam(this, "shards", "logical shards", ParamValidators.gtEq(1)));
        return shards;
    }

    /** The exchange between driver and workers: auto (default; stage), stage or job. */
    public Param<String> exchange() {
        exchange = made(exchange, () -> choice("exchange", "how steps reach the workers", ExchangeKind.values()));
        return exchange;
    }

    /** A boolean column that is true in held-out rows, which may stop the training early. */
    public Param<String> validationIndicatorCol() {
        validationIndicatorCol = made(
                validationIndicatorCol,
                () -> new Param<>(this, "validationIndicatorCol", "column that is true in validation rows"));
        return validationIndicatorCol;
    }

    /**
     * The number of steps or epochs in a row without a lower loss on the validation rows after which training stops.
     */
    public IntParam patience() {
        patience =
                made(patience, () -> new IntParam(this, "patience", "states without a gain", ParamValidators.gtEq(1)));
        return patience;
    }

    /**
     * A folder, on any Hadoop file system, for checkpoints every ten minutes and after a failure. A fit with the same
     * data and parameters resumes from them.
     */
    public Param<String> checkpointDir() {
        checkpointDir =
                made(checkpointDir, () -> new Param<>(this, "checkpointDir", "folder for the state of the training"));
        return checkpointDir;
    }

    /**
     * Sets the model at whose coefficients training starts. A model of another shape is ignored with a warning, as in
     * MLlib. Copies keep the model.
     */
    @Override
    public TrainingParams setInitialModel(LogisticRegressionModel model) {
        initialModel = model;
        return this;
    }

    /** Returns the model at whose coefficients training starts, or null. */
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

    /** Returns the value or default of a parameter, or null if there is neither. */
    public <T> @Nullable T find(Param<T> param) {
        return isDefined(param) ? getOrDefault(param) : null;
    }

    /** Returns the enum constant that a parameter names, or the given one if the parameter is not set. */
    public <E extends Enum<E>> E find(Param<String> param, Class<E> type, E unset) {
        String name = find(param);
        return name == null ? unset : Enum.valueOf(type, name.toUpperCase(Locale.ROOT));
    }
}
