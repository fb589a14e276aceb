package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.FeatureSettings;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.read.CellFormat;
import org.sparkgrad.job.read.ColumnReferences;

/**
 * Decides, on the training table, how columns become features.
 *
 * @param features the reader of features
 * @param missing the number of missing cells in the feature columns
 * @param dropped the number of rows that are dropped because of missing cells
 * @param notes notes about columns whose use the user may not have intended, one sentence each
 */
record FeatureFit(Features features, long missing, long dropped, List<String> notes) {
    private static final int LISTED_HASH = 1 << 18;

    /**
     * Decides on the features. The table is read once if there are text columns or if numbers may be missing.
     *
     * @throws JobException for columns that hold neither numbers nor text, number columns that contain text, text of
     *     too many levels, a column without a number to compute a mean of, or if no row is complete
     */
    static FeatureFit of(Dataset<Row> table, ColumnReferences columns, ColumnRoles roles, DataSettings settings) {
        if (roles.vector()) {
            return new FeatureFit(VectorFeatures.of(table, roles.features().get(0)), 0, 0, List.of());
        }
        FeatureSettings preparation = settings.preparation();
        Set<String> named = new LinkedHashSet<>();
        preparation.textColumns().forEach(name -> named.add(columns.resolve(name)));
        List<String> texts = roles.features().stream()
                .filter(name -> named.contains(name) || isText(table, name))
                .toList();
        Set<String> isText = Set.copyOf(texts);
        List<String> numbers = roles.features().stream()
                .filter(name -> !isText.contains(name) && !isArray(table, name))
                .toList();
        named.stream().filter(name -> !isText.contains(name)).findFirst().ifPresent(name -> {
            throw JobException.data("The column " + name + " is named as text, and is no feature column.");
        });
        ColumnTypes.checkNumbers(table, numbers, "feature");
        boolean hashing = preparation.hashFeatures() != null;
        boolean dropping = preparation.missing() == Missing.DROP;
        if (texts.isEmpty() && preparation.missing() == Missing.ERROR) {
            List<FeatureColumn> parts = new ArrayList<>();
            roles.features()
                    .forEach(name ->
                            parts.add(isArray(table, name) ? array(table, name) : new NumberColumn(name, null)));
            return new FeatureFit(new ColumnFeatures(parts, false), 0, 0, List.of());
        }
        CellFormat format = CellFormat.of(settings.text());
        FeatureScan scan = FeatureScan.of(ColumnTypes.withText(table, texts), numbers, texts, format, !hashing);
        List<String> notes = new ArrayList<>();
        for (int text = 0; text < texts.size(); text++) {
            TextScan found = scan.text(text);
            String name = texts.get(text);
            if (!named.contains(name)) {
                found.numbersAmongText(name).ifPresent(what -> {
                    throw JobException.data(what);
                });
            }
            found.newTextInEveryRow(name).ifPresent(notes::add);
        }
        if (dropping && scan.incomplete() == scan.rows()) {
            throw JobException.data("Each of the " + scan.rows() + " rows lacks a number in some feature column: ignore"
                    + " the columns that are mostly empty, or choose --missing mean.");
        }
        List<FeatureColumn> parts = new ArrayList<>();
        int number = 0;
        int text = 0;
        for (String name : roles.features()) {
            if (isArray(table, name)) {
                parts.add(array(table, name));
            } else if (!isText.contains(name)) {
                NumberScan found = scan.number(number++);
                parts.add(new NumberColumn(name, preparation.missing() == Missing.MEAN ? mean(name, found) : null));
            } else if (!hashing) {
                parts.add(new LevelColumn(name, levels(name, scan.text(text++))));
            }
        }
        if (preparation.hashFeatures() != null && !texts.isEmpty()) {
            List<String> names = texts.stream()
                    .map(name -> FeatureStages.name(columns, roles.features(), name))
                    .toList();
            parts.add(new HashedColumns(texts, names, preparation.hashFeatures()));
        }
        return new FeatureFit(
                new ColumnFeatures(parts, dropping), scan.missing(), dropping ? scan.incomplete() : 0, notes);
    }

    private static boolean isArray(Dataset<Row> table, String name) {
        return ColumnTypes.isArray(table.schema().apply(name).dataType());
    }

    private static FeatureColumn array(Dataset<Row> table, String name) {
        return new ArrayColumn(name, ColumnTypes.arrayLength(table, name));
    }

    private static boolean isText(Dataset<Row> table, String name) {
        return table.schema().apply(name).dataType().equals(DataTypes.StringType);
    }

    private static double mean(String name, NumberScan scan) {
        if (scan.isEmpty()) {
            throw JobException.data("The feature column " + name + " holds no number, and so no mean for its "
                    + scan.missing() + " missing ones: ignore it.");
        }
        return scan.mean();
    }

    private static List<String> levels(String name, TextScan scan) {
        if (scan.hasTooMany()) {
            throw JobException.data("The feature column " + name + " holds more than " + TextScan.MOST_LEVELS
                    + " different texts: hash the text columns (--hash-features " + LISTED_HASH
                    + "), or ignore it.");
        }
        if (scan.levels().isEmpty()) {
            throw JobException.data("The feature column " + name + " holds no text in any row: ignore it.");
        }
        return scan.levels();
    }
}
