"""A session without sparkgrad.jar; PythonIT runs it."""

import unittest
import unittest.mock

from pyspark.sql import SparkSession

import sparkgrad
from sparkgrad.classification import GpuLogisticRegression


class WithoutJarTest(unittest.TestCase):
    def test_the_message_names_the_jar(self):
        for use in GpuLogisticRegression, GpuLogisticRegression.read:
            with self.assertRaisesRegex(RuntimeError, "no Spark session"):
                use()
        spark = SparkSession.builder.getOrCreate()
        for use in GpuLogisticRegression, lambda: sparkgrad.install(spark):
            with self.assertRaisesRegex(RuntimeError, "no sparkgrad.jar: start it with --jars"):
                use()

    def test_there_is_no_jar_for_an_older_pyspark(self):
        with unittest.mock.patch("pyspark.__version__", "3.4.1"):
            with self.assertRaisesRegex(FileNotFoundError, "no jar for PySpark 3.4.1, but for 3.5 and 4"):
                sparkgrad.jar()


if __name__ == "__main__":
    unittest.main(verbosity=2)
