package org.sparkgrad.job.ml;

import java.util.Optional;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.TrainValidationSplit;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.grid.GridValidation;
import org.sparkgrad.job.spark.JobScope;
import scala.Option;

/**
 * MLlib's TrainValidationSplit for {@link GpuLogisticRegression}, with the same parameters, the same split and a stock
 * {@link TrainValidationSplitModel}. All settings are trained together, as in {@link GpuCrossValidator}.
 */
public class GpuTrainValidationSplit extends TrainValidationSplit {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GpuTrainValidationSplit.class);

    /** The fold of the validation rows, on which only the final model is trained. */
    private static final int VALIDATION = 1;

    /** Creates a validator with MLlib's defaults. */
    public GpuTrainValidationSplit() {
        this(Identifiable.randomUID("gpuTvs"));
    }

    /** @param uid the unique name */
    public GpuTrainValidationSplit(String uid) {
        super(uid);
        // MLlib's default is the hash of its class name. Another seed would assign rows to other parts.
        setDefault(seed(), (long) TrainValidationSplit.class.getName().hashCode());
    }

    /**
     * Returns the reader of saved validators. The return type is that of stock Spark's static method, which this method
     * hides.
     */
    public static MLReader<TrainValidationSplit> read() {
        return new ValidatorReader<>(GpuTrainValidationSplit.class, (uid, estimator, evaluator, paramMaps) -> {
            GpuTrainValidationSplit validator = new GpuTrainValidationSplit(uid);
            validator.setEstimator(estimator).setEvaluator(evaluator).setEstimatorParamMaps(paramMaps);
            return validator;
        });
    }

    /** Loads a saved validator. */
    public static GpuTrainValidationSplit load(String path) {
        return (GpuTrainValidationSplit) read().load(path);
    }

    @Override
    public TrainValidationSplitModel fit(Dataset<?> given) {
        return JobScope.run(given.sparkSession().sparkContext(), () -> fitted(given));
    }

    private TrainValidationSplitModel fitted(Dataset<?> given) {
        Dataset<Row> dataset = GridValidation.vectors(given, getEstimator(), getEstimatorParamMaps());
        Optional<String> refusal = GridValidation.refusal(getEstimator(), getEstimatorParamMaps(), 2);
        if (refusal.isPresent()) {
            LOG.info("Models are fitted one after the other, as MLlib does: {}", refusal.get());
            return super.fit(dataset);
        }
        transformSchema(dataset.schema());
        String column = uid() + "_fold";
        Dataset<Row> folded = split(dataset, column).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return validated(folded, new Folds(column, 2));
        } finally {
            JobScope.uninterrupted(() -> folded.unpersist());
        }
    }

    private Dataset<Row> split(Dataset<Row> dataset, String column) {
        Dataset<Row>[] parts = dataset.randomSplit(new double[] {getTrainRatio(), 1 - getTrainRatio()}, getSeed());
        return parts[0].withColumn(column, functions.lit(0))
                .union(parts[1].withColumn(column, functions.lit(VALIDATION)));
    }

    private TrainValidationSplitModel validated(Dataset<Row> folded, Folds folds) {
        ParamMap[] paramMaps = getEstimatorParamMaps();
        Evaluator evaluator = getEvaluator();
        try (GridValidation grid = new GridValidation(folded, folds, getEstimator(), paramMaps)) {
            LogisticRegressionModel[][] models = grid.train(VALIDATION);
            double[] scores = grid.score(models, evaluator, getParallelism(), VALIDATION)[0];
            LogisticRegressionModel best = grid.refit(GridValidation.best(scores, evaluator.isLargerBetter()));
            TrainValidationSplitModel validated = new TrainValidationSplitModel(uid(), best, scores);
            validated.setSubModels(getCollectSubModels() ? Option.apply((Model<?>[]) models[0]) : Option.empty());
            return copyValues(validated.setParent(this), ParamMap.empty());
        }
    }

    @Override
    public GpuTrainValidationSplit setEstimator(Estimator<?> value) {
        super.setEstimator(value);
        return this;
    }

    @Override
    public GpuTrainValidationSplit setEstimatorParamMaps(ParamMap[] value) {
        super.setEstimatorParamMaps(value);
        return this;
    }

    @Override
    public GpuTrainValidationSplit setEvaluator(Evaluator value) {
        super.setEvaluator(value);
        return this;
    }

    @Override
    public GpuTrainValidationSplit setTrainRatio(double value) {
        super.setTrainRatio(value);
        return this;
    }

    @Override
    public GpuTrainValidationSplit setSeed(long value) {
        super.setSeed(value);
        return this;
    }

    @Override
    public GpuTrainValidationSplit setParallelism(int value) {
        super.setParallelism(value);
        return this;
    }

    @Override
    public GpuTrainValidationSplit setCollectSubModels(boolean value) {
        super.setCollectSubModels(value);
        return this;
    }
}
