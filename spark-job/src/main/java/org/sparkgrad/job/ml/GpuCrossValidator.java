package org.sparkgrad.job.ml;

import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgrad.job.ml.dataset.Folds;
import org.sparkgrad.job.ml.grid.FoldColumn;
import org.sparkgrad.job.ml.grid.GridValidation;
import org.sparkgrad.job.spark.JobScope;
import scala.Option;

/**
 * MLlib's CrossValidator for {@link GpuLogisticRegression}, with the same parameters, the same folds and a stock
 * {@link CrossValidatorModel}. All settings of all folds are trained together: folds are masks over one copy of the
 * rows, and each pass over the rows serves every model that has not converged. For another estimator, or for a
 * mini-batch method, it works like MLlib's CrossValidator and logs this.
 */
public class GpuCrossValidator extends CrossValidator {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(GpuCrossValidator.class);

    /** Creates a validator with MLlib's defaults. */
    public GpuCrossValidator() {
        this(Identifiable.randomUID("gpuCv"));
    }

    /** @param uid the unique name */
    public GpuCrossValidator(String uid) {
        super(uid);
        // MLlib's default is the hash of its class name. Another seed would assign rows to other folds.
        setDefault(seed(), (long) CrossValidator.class.getName().hashCode());
    }

    /**
     * Returns the reader of saved validators. The return type is that of stock Spark's static method, which this method
     * hides.
     */
    public static MLReader<CrossValidator> read() {
        return new ValidatorReader<>(GpuCrossValidator.class, (uid, estimator, evaluator, paramMaps) -> {
            GpuCrossValidator validator = new GpuCrossValidator(uid);
            validator.setEstimator(estimator).setEvaluator(evaluator).setEstimatorParamMaps(paramMaps);
            return validator;
        });
    }

    /** Loads a saved validator. */
    public static GpuCrossValidator load(String path) {
        return (GpuCrossValidator) read().load(path);
    }

    @Override
    public CrossValidatorModel fit(Dataset<?> given) {
        return JobScope.run(given.sparkSession().sparkContext(), () -> fitted(given));
    }

    private CrossValidatorModel fitted(Dataset<?> given) {
        Dataset<Row> dataset = GridValidation.vectors(given, getEstimator(), getEstimatorParamMaps());
        Optional<String> refusal = GridValidation.refusal(getEstimator(), getEstimatorParamMaps(), getNumFolds());
        if (refusal.isPresent()) {
            LOG.info("Models are fitted one after the other, as MLlib does: {}", refusal.get());
            return super.fit(dataset);
        }
        transformSchema(dataset.schema());
        boolean divided = !getFoldCol().isEmpty();
        String column = divided ? getFoldCol() : uid() + "_fold";
        Dataset<Row> all = divided
                ? dataset.select("*") // a new plan: the caller's may be persisted, and must stay so
                : FoldColumn.add(dataset, column, getNumFolds(), getSeed());
        all.persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return validated(all, new Folds(column, getNumFolds()));
        } finally {
            JobScope.uninterrupted(() -> all.unpersist());
        }
    }

    /** Trains and evaluates. Rows without a fold are used only for the best model, as in MLlib. */
    private CrossValidatorModel validated(Dataset<Row> all, Folds folds) {
        Dataset<Row> folded = all.filter(folds.of().isNotNull());
        boolean some = folds.isNullable(all) && !all.filter(folds.of().isNull()).isEmpty();
        int[] leftOut = IntStream.range(0, folds.count()).toArray();
        ParamMap[] paramMaps = getEstimatorParamMaps();
        Evaluator evaluator = getEvaluator();
        try (GridValidation grid = new GridValidation(folded, folds, getEstimator(), paramMaps)) {
            LogisticRegressionModel[][] models = grid.train(leftOut);
            double[] averages = averages(grid.score(models, evaluator, getParallelism(), leftOut));
            int setting = GridValidation.best(averages, evaluator.isLargerBetter());
            LogisticRegressionModel best = some ? grid.refit(setting, all) : grid.refit(setting);
            CrossValidatorModel validated = new CrossValidatorModel(uid(), best, averages);
            validated.setSubModels(getCollectSubModels() ? Option.apply((Model<?>[][]) models) : Option.empty());
            return copyValues(validated.setParent(this), ParamMap.empty());
        }
    }

    /** Returns the average metrics, summed fold by fold as in MLlib. */
    private static double[] averages(double[][] byFold) {
        double[] averages = new double[byFold[0].length];
        for (int p = 0; p < averages.length; p++) {
            double sum = 0;
            for (double[] scores : byFold) {
                sum += scores[p];
            }
            averages[p] = sum / byFold.length;
        }
        return averages;
    }

    @Override
    public GpuCrossValidator setEstimator(Estimator<?> value) {
        super.setEstimator(value);
        return this;
    }

    @Override
    public GpuCrossValidator setEstimatorParamMaps(ParamMap[] value) {
        super.setEstimatorParamMaps(value);
        return this;
    }

    @Override
    public GpuCrossValidator setEvaluator(Evaluator value) {
        super.setEvaluator(value);
        return this;
    }

    @Override
    public GpuCrossValidator setNumFolds(int value) {
        super.setNumFolds(value);
        return this;
    }

    @Override
    public GpuCrossValidator setSeed(long value) {
        super.setSeed(value);
        return this;
    }

    @Override
    public GpuCrossValidator setFoldCol(String value) {
        super.setFoldCol(value);
        return this;
    }

    @Override
    public GpuCrossValidator setParallelism(int value) {
        super.setParallelism(value);
        return this;
    }

    @Override
    public GpuCrossValidator setCollectSubModels(boolean value) {
        super.setCollectSubModels(value);
        return this;
    }
}
