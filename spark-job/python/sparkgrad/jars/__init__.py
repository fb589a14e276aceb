"""Holds sparkgrad.jar in an installed wheel."""
