"""Holds sparkgrad.jar for each Spark in an installed wheel."""
