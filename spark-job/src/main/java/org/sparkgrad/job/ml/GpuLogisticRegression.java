package org.sparkgrad.job.ml;

import java.util.List;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.GridModel;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * MLlib's LogisticRegression on sparkgrad's engines: the same parameters, the same objective and a stock
 * {@link LogisticRegressionModel}, by another and shorter way. Of MLlib's parameters {@code aggregationDepth} and
 * {@code maxBlockSizeInMB} are taken and have no effect: sums merge along a tree of their own.
 *
 * <p>Rows have no order here: permuting or repartitioning the dataset changes no bit of the model.
 */
public class GpuLogisticRegression extends ChainedParams {
    private static final long serialVersionUID = 1L;

    private @Nullable LogisticRegressionModel initialModel;

    /** An estimator with MLlib's defaults. */
    public GpuLogisticRegression() {
        this(Identifiable.randomUID("gpuLogReg"));
    }

    /** @param uid its unique name */
    public GpuLogisticRegression(String uid) {
        super(uid);
    }

    /** Returns the reader of saved estimators. Its type is stock Spark's, whose method this hides. */
    public static MLReader<LogisticRegression> read() {
        return new DefaultParamsReader<>();
    }

    /** Loads a saved estimator. */
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

    /** Sets the learning rate over time: constant, step, exponential, inverse, polynomial or cosine. */
    public GpuLogisticRegression setSchedule(String value) {
        set(schedule(), value);
        return this;
    }

    /** Sets the first learning rate. */
    public GpuLogisticRegression setLearningRate(double value) {
        set(learningRate(), value);
        return this;
    }

    /** Sets the rows of a step. */
    public GpuLogisticRegression setBatchSize(int value) {
        set(batchSize(), value);
        return this;
    }

    /** Sets the passes of a mini-batch method. */
    public GpuLogisticRegression setEpochs(int value) {
        set(epochs(), value);
        return this;
    }

    /** Sets the seed of shuffle and batches. */
    public GpuLogisticRegression setSeed(long value) {
        set(seed(), value);
        return this;
    }

    /** Sets the logical shards, a power of two. */
    public GpuLogisticRegression setShards(int value) {
        set(shards(), value);
        return this;
    }

    /** Sets the boolean column that is true in validation rows. */
    public GpuLogisticRegression setValidationIndicatorCol(String value) {
        set(validationIndicatorCol(), value);
        return this;
    }

    /** Sets after how many states without a lower validation loss training stops. */
    public GpuLogisticRegression setPatience(int value) {
        set(patience(), value);
        return this;
    }

    /** Sets where training starts; one of another shape is ignored with a warning, as in MLlib. Copies keep it. */
    @Override
    public GpuLogisticRegression setInitialModel(LogisticRegressionModel model) {
        initialModel = model;
        return this;
    }

    /** Returns where training starts, or null for no model. */
    @Nullable
    LogisticRegressionModel initialModel() {
        return initialModel;
    }

    @Override
    public LogisticRegressionModel train(Dataset<?> dataset) {
        try (DatasetTraining training = new DatasetTraining(dataset, Folds.NONE, List.of(this))) {
            return training.train(List.of(new Candidate(this, GridModel.NONE))).get(0);
        }
    }

    /**
     * Fits a model for each map of parameters. Those of one loss over the same columns share the data on the engines,
     * and every pass over them; others, and mini-batch methods, are fitted one after the other.
     *
     * @return the models, in order
     */
    public List<LogisticRegressionModel> fit(Dataset<?> dataset, ParamMap[] paramMaps) {
        return Grid.fit(this, dataset, List.of(paramMaps));
    }

    /** Fits a model for each map of parameters, as {@link #fit(Dataset, ParamMap[])}. */
    @Override
    public Seq<LogisticRegressionModel> fit(Dataset<?> dataset, Seq<ParamMap> paramMaps) {
        return JavaConverters.asScalaBuffer(Grid.fit(this, dataset, JavaConverters.seqAsJavaList(paramMaps)))
                .toSeq();
    }

    @Override
    public GpuLogisticRegression copy(ParamMap extra) {
        GpuLogisticRegression copy = (GpuLogisticRegression) super.copy(extra);
        copy.initialModel = initialModel;
        return copy;
    }
}
