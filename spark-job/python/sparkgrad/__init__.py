"""Logistic and softmax regression on every GPU of a Spark cluster, for PySpark."""

import os

__all__ = ["install", "jar", "uninstall"]


def jar():
    """
    Returns the path of sparkgrad.jar, for the session's setting spark.jars.

    The jar is the one of this wheel, or the one that this package was imported from.

    >>> os.path.basename(jar())
    'sparkgrad.jar'

    Raises
    ------
    FileNotFoundError
        if the package was imported from a folder of sources, which has no jar
    """
    package = os.path.dirname(os.path.abspath(__file__))
    for path in os.path.join(package, "jars", "sparkgrad.jar"), os.path.dirname(package):
        if os.path.isfile(path):
            return path
    raise FileNotFoundError(
        "this copy of sparkgrad has no sparkgrad.jar: install the wheel, or give the session's spark.jars the path"
    )


def install(spark):
    """
    Makes pyspark.ml.classification.LogisticRegression train here, in this Python process, until uninstall is called.
    Programs stay as they are; models are PySpark's.

    >>> from pyspark.ml.classification import LogisticRegression
    >>> from pyspark.ml.linalg import Vectors
    >>> rows = [(float(i % 2), Vectors.dense(i % 2 + i % 5)) for i in range(40)]
    >>> install(spark)
    >>> LogisticRegression(regParam=0.1).fit(spark.createDataFrame(rows, ["label", "features"])).numFeatures
    1
    >>> uninstall()

    Parameters
    ----------
    spark : pyspark.sql.SparkSession
        a session that has sparkgrad.jar among its jars

    Raises
    ------
    RuntimeError
        if it does not
    """
    from sparkgrad import _stock

    _stock.install(spark)


def uninstall():
    """Makes pyspark.ml.classification.LogisticRegression train in MLlib again."""
    from sparkgrad import _stock

    _stock.uninstall()
