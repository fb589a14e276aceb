package org.sparkgrad.job.ml;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.mllib.regression.LabeledPoint;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.sparkgrad.job.ml.dataset.ArrayVectors;
import org.sparkgrad.job.ml.dataset.DoubleColumns;
import org.sparkgrad.job.ml.dataset.LabeledPoints;
import org.sparkgrad.job.ml.fit.DatasetTraining;
import org.sparkgrad.job.ml.fit.EstimatorErrors;
import org.sparkgrad.job.ml.fit.FitLog;
import org.sparkgrad.job.ml.fit.ResidentCache;
import org.sparkgrad.job.ml.fit.ResidentRows;
import org.sparkgrad.job.ml.fit.RowsKey;
import org.sparkgrad.job.ml.grid.Grid;
import org.sparkgrad.job.spark.JobScope;

/**
 * MLlib's LogisticRegression on sparkgrad's engines, with the same parameters, the same objective and a stock
 * {@link LogisticRegressionModel}, but with other and fewer steps. MLlib's parameters {@code aggregationDepth} and
 * {@code maxBlockSizeInMB} are accepted and have no effect, because sums are merged along sparkgrad's own tree.
 *
 * <p>Rows have no order: a permuted or repartitioned dataset gives the same bits of the model. Features may also be
 * arrays of numbers ({@link ArrayFeatures}), or in MLlib's labeled points.
 */
public class GpuLogisticRegression extends ChainedParams<GpuLogisticRegression> {
    private static final long serialVersionUID = 1L;

    /** Creates an estimator with MLlib's defaults. */
    public GpuLogisticRegression() {
        this(Identifiable.randomUID("gpuLogReg"));
    }

    /** @param uid the unique name */
    public GpuLogisticRegression(String uid) {
        super(uid);
    }

    /**
     * Returns the reader of saved estimators. It also reads MLlib's estimators, with their parameters. The return type
     * is that of stock Spark's static method, which this method hides.
     */
    public static MLReader<LogisticRegression> read() {
        return new EstimatorReader<>(GpuLogisticRegression.class, GpuLogisticRegression::new);
    }

    /** Loads a saved estimator of this class or of MLlib. */
    public static GpuLogisticRegression load(String path) {
        return (GpuLogisticRegression) read().load(path);
    }

    /** Sets the engine: auto, cpu, opencl or reference. */
    public GpuLogisticRegression setEngine(String value) {
        set(engine(), value);
        return this;
    }

    /** Sets the number format inside an engine: float or double. */
    public GpuLogisticRegression setPrecision(String value) {
        set(precision(), value);
        return this;
    }

    /** Sets the method: auto, lbfgs, gd, sgd, momentum, nesterov, adagrad, rmsprop, adam, amsgrad or nadam. */
    public GpuLogisticRegression setOptimizer(String value) {
        set(optimizer(), value);
        return this;
    }

    /** Sets the learning rate schedule: constant, step, exponential, inverse, polynomial or cosine. */
    public GpuLogisticRegression setSchedule(String value) {
        set(schedule(), value);
        return this;
    }

    /** Sets the factor of the schedules step and exponential. */
    public GpuLogisticRegression setScheduleDecay(double value) {
        set(scheduleDecay(), value);
        return this;
    }

    /** Sets the number of steps between two factors of a schedule. */
    public GpuLogisticRegression setScheduleSteps(int value) {
        set(scheduleSteps(), value);
        return this;
    }

    /** Sets the exponent of the schedules inverse and polynomial. */
    public GpuLogisticRegression setSchedulePower(double value) {
        set(schedulePower(), value);
        return this;
    }

    /** Sets the number of steps in which the schedule cosine first rises. */
    public GpuLogisticRegression setWarmupSteps(int value) {
        set(warmupSteps(), value);
        return this;
    }

    /** Sets the first learning rate. */
    public GpuLogisticRegression setLearningRate(double value) {
        set(learningRate(), value);
        return this;
    }

    /** Sets the number of rows of a step. */
    public GpuLogisticRegression setBatchSize(int value) {
        set(batchSize(), value);
        return this;
    }

    /** Sets the number of passes of a mini-batch method. */
    public GpuLogisticRegression setEpochs(int value) {
        set(epochs(), value);
        return this;
    }

    /** Sets the seed of shuffle and batches. */
    public GpuLogisticRegression setSeed(long value) {
        set(seed(), value);
        return this;
    }

    /** Sets the number of logical shards, a power of two. */
    public GpuLogisticRegression setShards(int value) {
        set(shards(), value);
        return this;
    }

    /** Sets the exchange between driver and workers: auto, stage or job. */
    public GpuLogisticRegression setExchange(String value) {
        set(exchange(), value);
        return this;
    }

    /** Sets the boolean column that is true in validation rows. */
    public GpuLogisticRegression setValidationIndicatorCol(String value) {
        set(validationIndicatorCol(), value);
        return this;
    }

    /** Sets the number of states without a lower validation loss after which training stops. */
    public GpuLogisticRegression setPatience(int value) {
        set(patience(), value);
        return this;
    }

    /** Sets the folder for checkpoints. The next fit resumes from it if a training was stopped. */
    public GpuLogisticRegression setCheckpointDir(String value) {
        set(checkpointDir(), value);
        return this;
    }

    /**
     * Sets the model at whose coefficients training starts. A model of another shape is ignored with a warning, as in
     * MLlib. Copies keep the model.
     */
    @Override
    public GpuLogisticRegression setInitialModel(LogisticRegressionModel model) {
        super.setInitialModel(model);
        return this;
    }

    @Override
    GpuLogisticRegression self() {
        return this;
    }

    /**
     * Fits the points of MLlib's RDD interface, with the same bits as a Dataset of the same labels and vectors. The
     * predict method of the model takes {@code point.features().asML()}.
     *
     * @throws IllegalArgumentException if weightCol or validationIndicatorCol is set, because points have no such
     *     columns
     */
    public LogisticRegressionModel fit(JavaRDD<LabeledPoint> points) {
        return fit(LabeledPoints.dataset(points, this));
    }

    @Override
    public LogisticRegressionModel train(Dataset<?> dataset) {
        return training(
                dataset,
                () -> DatasetTraining.train(ArrayVectors.of(dataset, getFeaturesCol()), this, FitLog.of(this)));
    }

    private static <T> T training(Dataset<?> dataset, Supplier<T> training) {
        return JobScope.run(dataset.sparkSession().sparkContext(), () -> EstimatorErrors.named(training));
    }

    /**
     * Fits a copy with other parameters, as MLlib's CrossValidator does for each setting. If the Dataset is persisted,
     * as in MLlib's CrossValidator, the blocks stay on the engines for the next setting, until the Dataset is
     * unpersisted or other rows need the memory. The model has the same bits in both cases.
     */
    @Override
    public LogisticRegressionModel fit(Dataset<?> dataset, ParamMap paramMap) {
        GpuLogisticRegression copy = copy(paramMap);
        Dataset<?> columns = DoubleColumns.of(dataset, copy);
        Optional<RowsKey> key = RowsKey.of(columns, copy);
        if (key.isEmpty()) {
            return copy.fit(dataset);
        }
        Dataset<Row> vectors = ArrayVectors.of(columns, copy.getFeaturesCol());
        LogisticRegressionModel model = training(
                dataset,
                () -> ResidentCache.get()
                        .use(
                                dataset.sparkSession().sparkContext(),
                                key.get(),
                                () -> new ResidentRows(vectors, copy),
                                rows -> rows.fit(vectors, copy)));
        model.setParent(copy);
        return model;
    }

    /**
     * Fits a model for each parameter map. Maps with one loss over the same columns share the data on the engines and
     * every pass over the data, one Spark job per pass. Other maps, and maps with a mini-batch method, patience or a
     * checkpointDir, are fitted one after the other.
     *
     * @return the models, in order
     */
    public List<LogisticRegressionModel> fit(Dataset<?> dataset, ParamMap[] paramMaps) {
        return several(dataset, List.of(paramMaps));
    }

    @Override
    protected List<LogisticRegressionModel> several(Dataset<?> dataset, List<ParamMap> paramMaps) {
        return JobScope.run(dataset.sparkSession().sparkContext(), () -> Grid.fit(this, dataset, paramMaps));
    }

    /** Returns MLlib's schema. Features may also be arrays of numbers, and stay arrays. */
    @Override
    public StructType transformSchema(StructType schema) {
        String features = getFeaturesCol();
        if (!schema.getFieldIndex(features).isDefined()) {
            return super.transformSchema(schema);
        }
        StructType transformed = super.transformSchema(ArrayVectors.of(schema, features));
        return ArrayVectors.with(transformed, features, schema.apply(features).dataType());
    }

    @Override
    public GpuLogisticRegression copy(ParamMap extra) {
        return (GpuLogisticRegression) super.copy(extra);
    }
}
