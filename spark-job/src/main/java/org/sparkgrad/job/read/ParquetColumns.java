package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.problem.JobException;

/** Merges the columns of all Parquet files. A column of numbers of different types gets the widest type. */
final class ParquetColumns {
    private static final int LISTED = 5;

    private final Map<String, StructField> columns = new LinkedHashMap<>();
    private final Map<String, String> firstFile = new HashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    /**
     * Merges the footers of the files that have rows, in their order.
     *
     * @param all the footers, of which at least one has rows
     * @param named the columns that the user has named or that a model expects
     * @param ignored the columns that are neither label nor feature; such a column contains nulls if it cannot be read
     * @throws JobException for a column of different kinds, names that differ only in case, or a named column that
     *     cannot be read
     */
    ParquetColumns(List<ParquetFooter> all, Set<String> named, Set<String> ignored) {
        // A file without rows has types that say nothing about the data.
        List<ParquetFooter> footers =
                all.stream().filter(footer -> footer.rows() > 0).toList();
        Map<String, Integer> files = new HashMap<>();
        Map<String, String> left = new LinkedHashMap<>();
        for (ParquetFooter footer : footers) {
            for (String column : footer.unreadable()) {
                String name = column.substring(0, column.lastIndexOf(" ("));
                if (named.contains(name) && !ignored.contains(name)) {
                    throw JobException.data("%s: Spark cannot read the column %s: write it with another type."
                            .formatted(footer.file(), column));
                }
                left.put(name, column);
            }
            for (StructField field : footer.columns().fields()) {
                boolean index = footer.indexColumns().contains(field.name()) && !named.contains(field.name());
                if (index) {
                    notes.add("column " + field.name() + " is an index that pandas wrote: it is left out");
                } else {
                    add(field, footer.file());
                    files.merge(field.name(), 1, Integer::sum);
                }
            }
        }
        left.values().forEach(column -> notes.add("Spark cannot read the column " + column + ": it is left out"));
        columns.keySet().stream()
                .filter(name -> files.getOrDefault(name, 0) < footers.size())
                .limit(LISTED)
                .forEach(name -> notes.add("column %s is in %d of %d files: it is missing in the others"
                        .formatted(name, files.get(name), footers.size())));
        left.keySet().stream()
                .filter(ignored::contains)
                .forEach(name ->
                        columns.putIfAbsent(name, new StructField(name, DataTypes.StringType, true, Metadata.empty())));
        checkCase();
        ColumnNames.checkFree(List.copyOf(columns.keySet()));
    }

    StructType schema() {
        return DataTypes.createStructType(List.copyOf(columns.values()));
    }

    /** Returns those columns that one file has, with their types in this file. */
    StructType schemaOf(ParquetFooter footer) {
        List<StructField> fields = new ArrayList<>();
        for (StructField field : footer.columns().fields()) {
            if (columns.containsKey(field.name())) {
                fields.add(field);
            }
        }
        return DataTypes.createStructType(fields);
    }

    /** Returns notes about columns that are left out or widened, one sentence each. */
    List<String> notes() {
        return List.copyOf(notes);
    }

    private void add(StructField field, String file) {
        StructField known = columns.get(field.name());
        if (known == null) {
            columns.put(field.name(), field);
            firstFile.put(field.name(), file);
            return;
        }
        if (known.dataType().equals(field.dataType())) {
            return;
        }
        DataType wider = wider(known.dataType(), field.dataType());
        if (wider == null) {
            throw JobException.data("The column %s holds %s in %s and %s in %s: write it with one type."
                    .formatted(
                            field.name(),
                            known.dataType().simpleString(),
                            firstFile.get(field.name()),
                            field.dataType().simpleString(),
                            file));
        }
        columns.put(field.name(), new StructField(field.name(), wider, true, known.metadata()));
        notes.add("column %s holds numbers of different types in different files: it is read as %s"
                .formatted(field.name(), wider.simpleString()));
    }

    private static @Nullable DataType wider(DataType one, DataType other) {
        if (!(one instanceof NumericType) || !(other instanceof NumericType)) {
            return null;
        }
        if (isWhole(one) && isWhole(other)) {
            return rank(one) > rank(other) ? one : other;
        }
        return DataTypes.DoubleType;
    }

    private static boolean isWhole(DataType type) {
        return !(type instanceof FloatType || type.equals(DataTypes.DoubleType) || type instanceof DecimalType);
    }

    private static int rank(DataType type) {
        if (type instanceof ByteType) {
            return 0;
        }
        if (type instanceof ShortType) {
            return 1;
        }
        return type instanceof IntegerType ? 2 : type instanceof LongType ? 3 : 4;
    }

    private void checkCase() {
        Map<String, String> lower = new HashMap<>();
        for (String name : columns.keySet()) {
            String other = lower.put(name.toLowerCase(Locale.ROOT), name);
            if (other != null) {
                throw JobException.data(
                        "%s: the columns %s and %s differ by case only, which Spark does not tell apart:"
                                        .formatted(firstFile.get(name), other, name)
                                + " rename one.");
            }
        }
    }
}
