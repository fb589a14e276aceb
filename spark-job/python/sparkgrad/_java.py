"""Java objects out of sparkgrad.jar."""

from py4j.java_gateway import JavaPackage
from pyspark import SparkContext
from pyspark.ml.util import JavaMLReader
from pyspark.ml.wrapper import JavaParams


def new(name, *arguments):
    """
    Returns a new object of a Java class.

    Raises
    ------
    RuntimeError
        if there is no session, or if it has no sparkgrad.jar
    """
    check(SparkContext._active_spark_context)
    return JavaParams._new_java_obj(name, *arguments)


def check(context):
    """Raises a RuntimeError if there is no session (None), or if it has no sparkgrad.jar."""
    if context is None:
        raise RuntimeError("there is no Spark session: start one with sparkgrad.jar among its jars")
    if isinstance(context._jvm.org.sparkgrad.job.ml.GpuLogisticRegression, JavaPackage):
        raise RuntimeError(
            "the Spark session has no sparkgrad.jar: start it with --jars sparkgrad.jar, or with"
            ' SparkSession.builder.config("spark.jars", sparkgrad.jar())'
        )


def reader(python_class, java_class):
    """Returns the reader of saved objects of a Java class."""

    class Reader(JavaMLReader):
        @classmethod
        def _java_loader_class(cls, clazz):
            return java_class

    check(SparkContext._active_spark_context)
    return Reader(python_class)
