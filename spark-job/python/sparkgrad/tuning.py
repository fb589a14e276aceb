"""Validators that train all settings of all folds together."""

import sys

from pyspark.ml.tuning import (
    CrossValidator,
    CrossValidatorModel,
    TrainValidationSplit,
    TrainValidationSplitModel,
)

from sparkgrad import _java
from sparkgrad.classification import GpuLogisticRegression

__all__ = ["GpuCrossValidator", "GpuTrainValidationSplit"]

_PACKAGE = "org.sparkgrad.job.ml."


class GpuCrossValidator(CrossValidator):
    """
    PySpark's CrossValidator for a GpuLogisticRegression: all settings of all folds are trained together, over one copy of
    the rows. Folds are those of MLlib's CrossValidator in Scala. For other estimators it works as PySpark's does.

    >>> from pyspark.ml.evaluation import MulticlassClassificationEvaluator
    >>> from pyspark.ml.linalg import Vectors
    >>> from pyspark.ml.tuning import ParamGridBuilder
    >>> rows = [(float(i % 2), Vectors.dense(i % 2 + i % 5)) for i in range(100)]
    >>> dataset = spark.createDataFrame(rows, ["label", "features"])
    >>> estimator = GpuLogisticRegression()
    >>> grid = ParamGridBuilder().addGrid(estimator.regParam, [0.01, 10.0]).build()
    >>> evaluator = MulticlassClassificationEvaluator(metricName="logLoss")
    >>> validator = GpuCrossValidator(
    ...     estimator=estimator, estimatorParamMaps=grid, evaluator=evaluator, numFolds=2, seed=3
    ... )
    >>> model = validator.fit(dataset)
    >>> model.avgMetrics[0] < model.avgMetrics[1]
    True
    """

    def _fit(self, dataset):
        if not isinstance(self.getEstimator(), GpuLogisticRegression):
            return super()._fit(dataset)
        folds = self.getFoldCol()
        # MLlib in Scala takes folds of type int alone; Python's numbers are long in a DataFrame.
        rows = dataset.withColumn(folds, dataset[folds].cast("int")) if folds else dataset
        return CrossValidatorModel._from_java(self._to_java().fit(rows._jdf))

    def _to_java(self):
        return _with_params_of(super()._to_java(), _java.new(_PACKAGE + "GpuCrossValidator", self.uid))

    @classmethod
    def read(cls):
        """Returns the reader of saved validators."""
        return _java.reader(cls, _PACKAGE + "GpuCrossValidator")


class GpuTrainValidationSplit(TrainValidationSplit):
    """
    PySpark's TrainValidationSplit for a GpuLogisticRegression: all settings are trained together, over one copy of the
    rows. The split is that of MLlib's TrainValidationSplit in Scala. For other estimators it works as PySpark's does.
    """

    def _fit(self, dataset):
        if not isinstance(self.getEstimator(), GpuLogisticRegression):
            return super()._fit(dataset)
        return TrainValidationSplitModel._from_java(self._to_java().fit(dataset._jdf))

    def _to_java(self):
        return _with_params_of(super()._to_java(), _java.new(_PACKAGE + "GpuTrainValidationSplit", self.uid))

    @classmethod
    def read(cls):
        """Returns the reader of saved validators."""
        return _java.reader(cls, _PACKAGE + "GpuTrainValidationSplit")


def _with_params_of(stock, validator):
    """Copies the parameters of a stock validator of Java to one of ours."""
    for param in stock.params():
        if stock.isSet(param):
            validator.set(validator.getParam(param.name()).w(stock.getOrDefault(param)))
    return validator


# PySpark looks the class of a saved stage up in the package that its Java class is in.
_found = sys.modules["org.sparkgrad.job.ml"]
_found.GpuCrossValidator = GpuCrossValidator
_found.GpuTrainValidationSplit = GpuTrainValidationSplit
