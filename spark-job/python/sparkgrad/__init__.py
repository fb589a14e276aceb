"""Logistic and softmax regression on every GPU of a Spark cluster, for PySpark."""

import os

__all__ = ["install", "jar", "uninstall"]


def jar():
    """
    Returns the path of sparkgrad.jar, for the session's setting spark.jars.

    The jar is this wheel's for the installed PySpark, 3.5 or 4, or the one that this package was imported from.

    >>> os.path.basename(jar())
    'sparkgrad.jar'

    Raises
    ------
    FileNotFoundError
        if the package was imported from a folder of sources, which has no jar, or if PySpark has another version
    """
    package = os.path.dirname(os.path.abspath(__file__))
    if os.path.isfile(os.path.dirname(package)):
        return os.path.dirname(package)
    import pyspark

    jars = os.path.join(package, "jars")
    path = os.path.join(jars, "spark-" + pyspark.__version__.split(".")[0], "sparkgrad.jar")
    if pyspark.__version__.startswith(("3.5.", "4.")) and os.path.isfile(path):
        return path
    raise FileNotFoundError(
        "sparkgrad has no jar for PySpark {}, but for 3.5 and 4".format(pyspark.__version__)
        if any(name.startswith("spark-") for name in os.listdir(jars))
        else "this copy of sparkgrad has no sparkgrad.jar: install the wheel, or give the session's spark.jars the path"
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
