"""Validators, and stock programs that train here; PythonIT runs it."""

import doctest
import tempfile
import unittest

from pyspark.ml import Pipeline
from pyspark.ml.classification import LogisticRegression, LogisticRegressionModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.linalg import Vectors
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder, TrainValidationSplitModel
from pyspark.sql import SparkSession

import sparkgrad
from sparkgrad import classification, tuning
from sparkgrad.classification import GpuLogisticRegression
from sparkgrad.tuning import GpuCrossValidator, GpuTrainValidationSplit

EVALUATOR = MulticlassClassificationEvaluator


class TuningTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = SparkSession.builder.getOrCreate()
        rows = [(float(i % 3), i % 2, Vectors.dense(i % 3 + i % 7 * 0.3, i % 11)) for i in range(330)]
        cls.data = cls.spark.createDataFrame(rows, ["label", "fold", "features"]).cache()

    def setUp(self):
        self.estimator = GpuLogisticRegression(engine="cpu", precision="double", tol=1e-10)
        self.grid = ParamGridBuilder().addGrid(self.estimator.regParam, [0.001, 10.0]).build()

    def given(self):
        return dict(
            estimator=self.estimator, estimatorParamMaps=self.grid, evaluator=EVALUATOR(metricName="logLoss"), seed=5
        )

    def test_folds_are_trained_together(self):
        validator = GpuCrossValidator(numFolds=2, foldCol="fold", collectSubModels=True, **self.given())
        model = validator.fit(self.data)
        self.assertIs(type(model), CrossValidatorModel)
        self.assertIs(type(model.bestModel), LogisticRegressionModel)
        self.assertEqual((2, 2), (len(model.subModels), len(model.subModels[0])))
        one_by_one = CrossValidator(numFolds=2, foldCol="fold", **self.given()).fit(self.data)
        for expected, actual in zip(one_by_one.avgMetrics, model.avgMetrics):
            self.assertAlmostEqual(expected, actual, places=6)
        self.assertEqual(model.bestModel.uid.split("_")[0], one_by_one.bestModel.uid.split("_")[0])

    def test_a_split_is_trained_together(self):
        model = GpuTrainValidationSplit(trainRatio=0.7, **self.given()).fit(self.data)
        self.assertIs(type(model), TrainValidationSplitModel)
        self.assertLess(model.validationMetrics[0], model.validationMetrics[1])

    def test_validators_are_saved_with_all_they_have(self):
        with tempfile.TemporaryDirectory() as folder:
            GpuCrossValidator(numFolds=4, parallelism=2, **self.given()).save(folder + "/cv")
            validator = GpuCrossValidator.load(folder + "/cv")
            self.assertIs(type(validator), GpuCrossValidator)
            self.assertEqual((4, 2, 5), (validator.getNumFolds(), validator.getParallelism(), validator.getSeed()))
            self.assertEqual("cpu", validator.getEstimator().getEngine())
            self.assertEqual([0.001, 10.0], [list(of.values())[0] for of in validator.getEstimatorParamMaps()])
            Pipeline(stages=[validator]).save(folder + "/pipeline")
            self.assertIs(type(Pipeline.load(folder + "/pipeline").getStages()[0]), GpuCrossValidator)
            GpuTrainValidationSplit(trainRatio=0.6, **self.given()).save(folder + "/split")
            self.assertEqual(0.6, GpuTrainValidationSplit.load(folder + "/split").getTrainRatio())

    def test_other_estimators_are_fitted_as_before(self):
        stock = LogisticRegression(regParam=0.1)
        grid = ParamGridBuilder().addGrid(stock.maxIter, [5]).build()
        validator = GpuCrossValidator(estimator=stock, estimatorParamMaps=grid, evaluator=EVALUATOR(), numFolds=2)
        self.assertIs(type(validator.fit(self.data)), CrossValidatorModel)

    def test_stock_programs_train_here(self):
        stock = LogisticRegression(regParam=0.01, tol=1e-12, maxIter=300)
        theirs = stock.fit(self.data)
        sparkgrad.install(self.spark)
        try:
            ours = stock.fit(self.data)
            piped = Pipeline(stages=[stock]).fit(self.data).stages[0]
            grid = ParamGridBuilder().addGrid(stock.regParam, [0.01, 1.0]).build()
            validator = CrossValidator(
                estimator=stock, estimatorParamMaps=grid, evaluator=EVALUATOR(metricName="logLoss"), parallelism=2
            )
            tuned = validator.fit(self.data).bestModel
        finally:
            sparkgrad.uninstall()
        for model in ours, piped, tuned:
            self.assertIs(type(model), LogisticRegressionModel)
            self.assertEqual(stock.uid, model.uid)
            self.assertEqual("org.sparkgrad.job.ml.GpuLogisticRegression", self.parent(model))
            difference = abs(theirs.coefficientMatrix.toArray() - model.coefficientMatrix.toArray()).max()
            self.assertLess(difference, 1e-3)
        self.assertEqual("org.apache.spark.ml.classification.LogisticRegression", self.parent(stock.fit(self.data)))

    @staticmethod
    def parent(model):
        return model._java_obj.parent().getClass().getName()

    def test_examples(self):
        for module in sparkgrad, classification, tuning:
            failed, run = doctest.testmod(module, extraglobs={"spark": self.spark})
            self.assertEqual(0, failed)
            self.assertGreater(run, 0)


if __name__ == "__main__":
    unittest.main(verbosity=2)
