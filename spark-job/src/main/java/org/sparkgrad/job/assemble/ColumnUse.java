package org.sparkgrad.job.assemble;

/**
 * The use of a column of the training table.
 *
 * @param name the name of the column
 * @param type the type of the column, as Spark writes it
 * @param role the role: label, weight, feature, or ignored
 */
public record ColumnUse(String name, String type, String role) {}
