"""Logistic and softmax regression on every GPU of a Spark cluster, for pyspark."""
