"""
Saves models in one Spark and loads them in another; SparkVersionsIT runs it.

    versions.py save FOLDER        trains here, saves what is trained and what it predicts, and prints the model's numbers
    versions.py stock FOLDER...    loads models that were saved so, in a session without sparkgrad.jar
    versions.py ours FOLDER...     loads estimators and validators that were saved so, and trains with them
"""

import json
import os
import sys

from pyspark.ml import Pipeline, PipelineModel
from pyspark.ml.classification import LogisticRegressionModel
from pyspark.ml.evaluation import MulticlassClassificationEvaluator
from pyspark.ml.feature import StringIndexer, VectorAssembler
from pyspark.ml.tuning import CrossValidatorModel, ParamGridBuilder
from pyspark.sql import SparkSession

import sparkgrad
from sparkgrad.classification import GpuLogisticRegression
from sparkgrad.tuning import GpuCrossValidator


def table(spark):
    """Returns 330 rows of two classes, three classes, a text and two numbers."""
    rows = [(i, float(i % 3 > 0), float(i % 3), "abc"[i % 3 - i % 2], i % 3 + i % 7 * 0.3, i % 11 * 1.0) for i in range(330)]
    data = spark.createDataFrame(rows, ["id", "two", "three", "letter", "a", "b"])
    return VectorAssembler(inputCols=["a", "b"], outputCol="features").transform(data).cache()


def predicted(model, data):
    """Returns the predictions and, where there are some, the probabilities of all rows."""
    rows = model.transform(data).orderBy("id").collect()
    return [[row.prediction] + (list(row.probability.toArray()) if "probability" in row else []) for row in rows]


def numbers(model):
    """Returns all coefficients and intercepts, to the last bit."""
    return [number.hex() for number in list(model.coefficientMatrix.toArray().flatten()) + list(model.interceptVector)]


def save(spark, folder):
    data = table(spark)
    estimator = GpuLogisticRegression(labelCol="three", engine="cpu", precision="double", regParam=0.01, maxIter=50)
    binary = estimator.copy().setLabelCol("two").fit(data)
    softmax = estimator.fit(data)
    letters = StringIndexer(inputCol="letter", outputCol="index")
    columns = VectorAssembler(inputCols=["index", "a", "b"], outputCol="all")
    pipeline = Pipeline(stages=[letters, columns, estimator.copy().setFeaturesCol("all")]).fit(data)
    validator = GpuCrossValidator(
        estimator=estimator,
        estimatorParamMaps=ParamGridBuilder().addGrid(estimator.regParam, [0.001, 1.0]).build(),
        evaluator=MulticlassClassificationEvaluator(labelCol="three", metricName="logLoss"),
        numFolds=2,
        seed=5,
    )
    validated = validator.fit(data)
    models = dict(binary=binary, softmax=softmax, pipeline=pipeline, best=validated.bestModel)
    for name, model in dict(models, validated=validated, estimator=estimator, validator=validator).items():
        model.save(os.path.join(folder, name))
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump({name: predicted(model, data) for name, model in models.items()}, file)
    print(json.dumps([numbers(binary), numbers(softmax), numbers(pipeline.stages[2]), numbers(validated.bestModel)]))


def stock(spark, folder):
    data = table(spark)
    with open(os.path.join(folder, "expected.json")) as file:
        expected = json.load(file)
    for name, rows in expected.items():
        kind = PipelineModel if name == "pipeline" else LogisticRegressionModel
        actual = predicted(kind.load(os.path.join(folder, name)), data)
        assert len(rows) == len(actual) == 330, name
        for one, other in zip(rows, actual):
            assert one[0] == other[0], (name, one, other)
            assert max(abs(x - y) for x, y in zip(one, other)) < 1e-12, (name, one, other)


def ours(spark, folder):
    data = table(spark)
    softmax = LogisticRegressionModel.load(os.path.join(folder, "softmax"))
    best = LogisticRegressionModel.load(os.path.join(folder, "best"))
    estimator = GpuLogisticRegression.load(os.path.join(folder, "estimator"))
    assert numbers(estimator.fit(data)) == numbers(softmax), folder
    validator = GpuCrossValidator.load(os.path.join(folder, "validator"))
    assert numbers(validator.fit(data).bestModel) == numbers(best), folder
    validated = CrossValidatorModel.load(os.path.join(folder, "validated"))
    assert numbers(validated.bestModel) == numbers(best), folder


def main(use, *folders):
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    # The tables are small: to compile plans, and to shuffle into 200 partitions, takes longer than the rest.
    builder = builder.config("spark.sql.codegen.wholeStage", "false").config("spark.sql.shuffle.partitions", "2")
    if use != "stock":
        builder = builder.config("spark.jars", sparkgrad.jar())
    spark = builder.getOrCreate()
    try:
        for folder in folders:
            {"save": save, "stock": stock, "ours": ours}[use](spark, folder)
    finally:
        spark.stop()


main(*sys.argv[1:])
