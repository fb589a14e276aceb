"""The estimator for PySpark in a session with sparkgrad.jar; PythonIT runs it."""

import ast
import os
import tempfile
import unittest

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegression, LogisticRegressionModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StringIndexer
from pyspark.ml.linalg import Vectors
from pyspark.ml.tuning import CrossValidator, CrossValidatorModel, ParamGridBuilder
from pyspark.sql import SparkSession

import sparkgrad
from sparkgrad.classification import GpuLogisticRegression


class GpuLogisticRegressionTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.spark = SparkSession.builder.getOrCreate()
        rows = [(float(i % 3), "abc"[i % 3], i % 5 == 0, Vectors.dense(i % 3 + i % 7 * 0.3, i % 11)) for i in range(330)]
        cls.data = cls.spark.createDataFrame(rows, ["label", "letter", "held", "features"]).cache()

        cls.folder = tempfile.TemporaryDirectory()

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def near(self, expected, actual):
        difference = abs(expected.toArray() - actual.toArray()).max()
        self.assertLess(difference, 1e-4)

    def ours(self, **more):
        return GpuLogisticRegression(engine="cpu", precision="double", regParam=0.01, tol=1e-12, maxIter=300, **more)

    def test_the_model_is_pysparks_and_mllibs(self):
        model = self.ours().fit(self.data)
        self.assertIs(type(model), LogisticRegressionModel)
        theirs = LogisticRegression(regParam=0.01, tol=1e-12, maxIter=300).fit(self.data)
        self.near(theirs.coefficientMatrix, model.coefficientMatrix)
        self.near(theirs.interceptVector, model.interceptVector)
        self.assertAlmostEqual(theirs.summary.accuracy, model.summary.accuracy)

    def test_every_own_parameter_reaches_the_engine(self):
        every = dict(
            engine="cpu", precision="double", optimizer="momentum", learningRate=0.1, schedule="cosine", scheduleDecay=0.5,
            scheduleSteps=10, schedulePower=1.0, warmupSteps=2, batchSize=32, epochs=3, seed=7, shards=2,
            validationIndicatorCol="held", patience=2, exchange="job", checkpointDir=self.folder.name,
        )
        own = {name for name, value in vars(GpuLogisticRegression).items() if type(value).__name__ == "Param"}
        self.assertEqual(own, set(every))
        estimator = GpuLogisticRegression(**every)
        for name, value in every.items():
            self.assertEqual(value, getattr(estimator, "get" + name[0].upper() + name[1:])())
        model = estimator.fit(self.data)
        self.assertLessEqual(model.summary.totalIterations, 3)
        java = estimator._java_obj
        self.assertEqual({param.name() for param in java.params()}, {param.name for param in estimator.params})
        self.assertNotEqual(estimator.setSeed(8).fit(self.data).coefficientMatrix, model.coefficientMatrix)

    def test_unknown_names_and_values_are_refused(self):
        with self.assertRaisesRegex(TypeError, "colour"):
            GpuLogisticRegression(colour="red")
        with self.assertRaisesRegex(TypeError, "keyword"):
            GpuLogisticRegression("features")
        with self.assertRaisesRegex(Exception, "abacus"):
            GpuLogisticRegression(engine="abacus").fit(self.data)

    def test_stubs_name_all_parameters_and_methods(self):
        with open(os.path.join(os.path.dirname(sparkgrad.__file__), "classification.pyi")) as stub:
            tree = ast.parse(stub.read())
        of_class = next(node for node in tree.body if isinstance(node, ast.ClassDef))
        methods = {node.name: node for node in of_class.body if isinstance(node, ast.FunctionDef)}
        own = {name for name in vars(GpuLogisticRegression) if not name.startswith("_")}
        stubbed = set(methods) | {node.target.id for node in of_class.body if isinstance(node, ast.AnnAssign)}
        self.assertEqual(own, stubbed - {"__init__"})
        names = {param.name for param in GpuLogisticRegression().params}
        for method in "__init__", "setParams":
            self.assertEqual(names, {argument.arg for argument in methods[method].args.kwonlyargs})

    def test_estimators_are_saved_and_copied_with_all_they_have(self):
        with tempfile.TemporaryDirectory() as folder:
            self.ours(batchSize=32).setOptimizer("adam").save(folder + "/estimator")
            loaded = GpuLogisticRegression.load(folder + "/estimator")
        self.assertIs(type(loaded), GpuLogisticRegression)
        self.assertEqual((32, "adam", 0.01), (loaded.getBatchSize(), loaded.getOptimizer(), loaded.getRegParam()))
        first = self.ours().fit(self.data)
        same = self.ours().setInitialModel(first).copy({}).setMaxIter(0).fit(self.data)
        self.near(first.coefficientMatrix, same.coefficientMatrix)

    def test_pipelines_and_cross_validation(self):
        estimator = self.ours(labelCol="kind").setMaxIter(20)
        grid = ParamGridBuilder().addGrid(estimator.regParam, [0.001, 10.0]).build()
        validator = CrossValidator(
            estimator=estimator, estimatorParamMaps=grid, numFolds=2, seed=1,
            evaluator=MulticlassClassificationEvaluator(labelCol="kind", metricName="logLoss"),
        )
        pipeline = Pipeline(stages=[StringIndexer(inputCol="letter", outputCol="kind"), validator])
        model = pipeline.fit(self.data)
        self.assertLess(model.stages[1].avgMetrics[0], model.stages[1].avgMetrics[1])
        with tempfile.TemporaryDirectory() as folder:
            model.save(folder + "/model")
            loaded = PipelineModel.load(folder + "/model")
            self.assertIs(type(loaded.stages[1]), CrossValidatorModel)
            self.assertEqual(
                model.transform(self.data).select("prediction").collect(),
                loaded.transform(self.data).select("prediction").collect(),
            )
            Pipeline(stages=[pipeline.getStages()[0], estimator]).save(folder + "/pipeline")
            unfitted = Pipeline.load(folder + "/pipeline").getStages()[1]
            self.assertIs(type(unfitted), GpuLogisticRegression)
            self.assertEqual("cpu", unfitted.getEngine())


if __name__ == "__main__":
    unittest.main(verbosity=2)
