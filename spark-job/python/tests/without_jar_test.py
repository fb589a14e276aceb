"""A session without sparkgrad.jar; PythonIT runs it."""

import unittest

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


if __name__ == "__main__":
    unittest.main(verbosity=2)
