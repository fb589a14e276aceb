"""The estimator for PySpark: sparkgrad.jar has to be among the jars of the session (--jars or spark.jars)."""

import sys

from pyspark import keyword_only
from pyspark.ml.classification import LogisticRegression, LogisticRegressionModel
from pyspark.ml.param import Param, Params, TypeConverters

from sparkgrad import _java

__all__ = ["GpuLogisticRegression"]

# pyspark looks the class of a saved stage up in the package that its Java class is in.
sys.modules.setdefault("org.sparkgrad.job.ml", sys.modules[__name__])


JAVA_CLASS = "org.sparkgrad.job.ml.GpuLogisticRegression"


def _param(name, doc, converter):
    return Param(Params._dummy(), name, doc, typeConverter=converter)


def _with_accessors(cls):
    """Adds setEngine, getEngine and so on for each parameter of the class's own."""
    for name in [name for name, value in vars(cls).items() if isinstance(value, Param)]:
        capital = name[0].upper() + name[1:]
        setattr(cls, "set" + capital, lambda self, value, name=name: self._set(**{name: value}))
        setattr(cls, "get" + capital, lambda self, name=name: self.getOrDefault(name))
    return cls


@_with_accessors
class GpuLogisticRegression(LogisticRegression):
    """
    PySpark's LogisticRegression on sparkgrad's engines: its parameters and setters, those below, and PySpark's own
    LogisticRegressionModel.

    >>> from pyspark.ml.linalg import Vectors
    >>> rows = [(float(i % 2), Vectors.dense(i % 2 + i % 5)) for i in range(40)]
    >>> dataset = spark.createDataFrame(rows, ["label", "features"])
    >>> model = GpuLogisticRegression(regParam=0.1, engine="auto").fit(dataset)
    >>> type(model).__name__, model.numFeatures
    ('LogisticRegressionModel', 1)

    Raises
    ------
    RuntimeError
        if the session has no sparkgrad.jar
    """

    _java_obj = None  # what PySpark looks at when an object is deleted whose creation failed

    engine = _param("engine", "auto (default), cpu, opencl or reference", TypeConverters.toString)
    precision = _param("precision", "number format inside an engine, float (default) or double", TypeConverters.toString)
    optimizer = _param("optimizer", "auto (default), lbfgs, gd, sgd, adam and its like", TypeConverters.toString)
    learningRate = _param("learningRate", "the first learning rate", TypeConverters.toFloat)
    schedule = _param("schedule", "the learning rate over time, constant by default", TypeConverters.toString)
    scheduleDecay = _param("scheduleDecay", "factor of schedules step and exponential", TypeConverters.toFloat)
    scheduleSteps = _param("scheduleSteps", "steps from one factor to the next", TypeConverters.toInt)
    schedulePower = _param("schedulePower", "exponent of inverse and polynomial", TypeConverters.toFloat)
    warmupSteps = _param("warmupSteps", "steps in which schedule cosine first rises", TypeConverters.toInt)
    batchSize = _param("batchSize", "rows of a step of a mini-batch method", TypeConverters.toInt)
    epochs = _param("epochs", "passes of a mini-batch method", TypeConverters.toInt)
    seed = _param("seed", "seed of shuffle and batches", TypeConverters.toInt)
    shards = _param("shards", "logical shards, a power of two", TypeConverters.toInt)
    validationIndicatorCol = _param(
        "validationIndicatorCol", "boolean column, true in rows held out", TypeConverters.toString
    )
    exchange = _param("exchange", "how steps reach the workers: auto (default), stage or job", TypeConverters.toString)
    checkpointDir = _param("checkpointDir", "folder for the state of the training", TypeConverters.toString)
    patience = _param("patience", "states without a lower validation loss until training stops", TypeConverters.toInt)

    @keyword_only
    def __init__(self, **kwargs):
        """Takes every parameter by its name."""
        super(LogisticRegression, self).__init__()
        self._java_obj = _java.new(JAVA_CLASS, self.uid)
        self._set_named(kwargs)

    @keyword_only
    def setParams(self, **kwargs):
        """Sets every parameter given by its name."""
        return self._set_named(kwargs)

    def _set_named(self, named):
        unknown = [name for name in named if not self.hasParam(name)]
        if unknown:
            raise TypeError("%s has no parameter %s" % (type(self).__name__, ", ".join(unknown)))
        self._set(**named)
        self._checkThresholdConsistency()
        return self

    def setInitialModel(self, model: LogisticRegressionModel):
        """Sets where training starts; a model of another shape is ignored with a warning. Copies keep it."""
        self._java_obj.setInitialModel(model._java_obj)
        return self

    @classmethod
    def read(cls):
        """Returns the reader of saved estimators."""
        return _java.reader(cls, JAVA_CLASS)
