package org.sparkgrad.job.ml;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A program as MLlib's users write it, but for the class of its regression. Run on its own it applies what it saved, with
 * Spark's jars alone: the folders of models, and the folder of the table.
 */
final class StockProgram {
    private final Supplier<LogisticRegression> regression;
    private final Dataset<Row> pets;
    private final String folder;

    StockProgram(Supplier<LogisticRegression> regression, Dataset<Row> pets, String folder) {
        this.regression = regression;
        this.pets = pets;
        this.folder = folder;
    }

    /** Trains and saves four models and returns what each predicts for the table. */
    Map<String, List<Double>> run() throws IOException {
        Map<String, List<Double>> predictions = new LinkedHashMap<>();
        predictions.put("binary", binary());
        predictions.put("multinomial", multinomial());
        predictions.put("pipeline", pipeline());
        predictions.put("validated", validated());
        return predictions;
    }

    private Dataset<Row> measured() {
        return new VectorAssembler()
                .setInputCols(new String[] {"weight", "height"})
                .setOutputCol("features")
                .transform(pets);
    }

    private List<Double> binary() throws IOException {
        LogisticRegression estimator = regression.get();
        estimator.setLabelCol("tame").setRegParam(0.01).setThreshold(0.4);
        LogisticRegressionModel model = estimator.fit(measured());
        model.write().overwrite().save(folder + "/binary");
        return predictions(model.transform(measured()));
    }

    private List<Double> multinomial() throws IOException {
        LogisticRegression estimator = regression.get();
        estimator.setLabelCol("kind").setRegParam(0.01).setFamily("multinomial");
        LogisticRegressionModel model = estimator.fit(measured());
        model.write().overwrite().save(folder + "/multinomial");
        return predictions(model.transform(measured()));
    }

    private Pipeline stages(PipelineStage last) {
        return new Pipeline().setStages(new PipelineStage[] {
            new StringIndexer().setInputCol("colour").setOutputCol("colourIndex"),
            new OneHotEncoder().setInputCol("colourIndex").setOutputCol("colourVector"),
            new VectorAssembler()
                    .setInputCols(new String[] {"weight", "height", "colourVector"})
                    .setOutputCol("features"),
            last
        });
    }

    private List<Double> pipeline() throws IOException {
        LogisticRegression estimator = regression.get();
        estimator.setLabelCol("kind");
        PipelineModel model = stages(estimator).fit(pets);
        model.write().overwrite().save(folder + "/pipeline");
        return predictions(model.transform(pets));
    }

    private List<Double> validated() throws IOException {
        LogisticRegression estimator = regression.get();
        estimator.setLabelCol("tame");
        ParamMap[] grid = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {0.001, 0.1, 1})
                .addGrid(estimator.elasticNetParam(), new double[] {0, 0.5, 1})
                .build();
        CrossValidator validator = new CrossValidator()
                .setEstimator(stages(estimator))
                .setEstimatorParamMaps(grid)
                .setEvaluator(new BinaryClassificationEvaluator().setLabelCol("tame"))
                .setNumFolds(2)
                .setSeed(5);
        CrossValidatorModel model = validator.fit(pets);
        // The whole model names its estimator's class, so it needs that class to load; the best model does not.
        model.write().overwrite().save(folder + "/whole");
        ((PipelineModel) model.bestModel()).write().overwrite().save(folder + "/validated");
        return predictions(CrossValidatorModel.load(folder + "/whole").transform(pets));
    }

    private static List<Double> predictions(Dataset<Row> scored) {
        return scored.orderBy("id")
                .select("prediction")
                .toJavaRDD()
                .map(row -> row.getDouble(0))
                .collect();
    }

    /** Prints what the saved models predict for a table in Parquet. */
    public static void main(String[] arguments) throws IOException {
        if (StockProgram.class.getResource("/org/sparkgrad/job/Trainer.class") != null) {
            throw new IllegalStateException("sparkgrad is on the class path: this is no stock Spark");
        }
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .getOrCreate()) {
            StockProgram program =
                    new StockProgram(LogisticRegression::new, spark.read().parquet(arguments[1]), arguments[0]);
            for (String name : List.of("binary", "multinomial", "pipeline", "validated", "whole/bestModel")) {
                var model = (org.apache.spark.ml.Transformer)
                        DefaultParamsReader.loadParamsInstance(arguments[0] + "/" + name, spark.sparkContext());
                Dataset<Row> rows = model instanceof PipelineModel ? program.pets : program.measured();
                System.out.println(name + " " + predictions(model.transform(rows)));
            }
        }
    }
}
