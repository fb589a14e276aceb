package org.sparkgrad.job.assemble;

/**
 * What a column of the training table is taken for.
 *
 * @param name its name
 * @param type what it holds, as Spark writes it
 * @param role label, weight, feature, or ignored
 */
public record ColumnUse(String name, String type, String role) {}
