"""Another training for pyspark.ml.classification.LogisticRegression."""

from pyspark.ml.classification import LogisticRegression

from sparkgrad import _java
from sparkgrad.classification import JAVA_CLASS, GpuLogisticRegression

_STOCK = LogisticRegression._fit_java


def _fit_java(self, dataset):
    if isinstance(self, GpuLogisticRegression):
        return _STOCK(self, dataset)
    estimator = GpuLogisticRegression()
    estimator._resetUid(self.uid)  # models have the name of their estimator
    estimator._java_obj = _java.new(JAVA_CLASS, self.uid)
    self._copyValues(estimator)
    return _STOCK(estimator, dataset)


def install(spark):
    _java.check(spark.sparkContext)
    LogisticRegression._fit_java = _fit_java


def uninstall():
    LogisticRegression._fit_java = _STOCK
