package org.sparkgrad.job.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.FeatureHasher;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexerModel;

/** The columns that stages index or hash as text: read as numbers, 07 would be 7. */
final class TextColumns {
    /** A copy of a column under a name that stages can say. */
    private static final Pattern COPY = Pattern.compile("(?<=, )`((?:[^`]|``)+)` AS (\\w+)");

    private TextColumns() {}

    /** Returns the columns of the table that the stages start from. */
    static List<String> of(List<Transformer> stages) {
        Map<String, String> originals = new HashMap<>();
        for (Transformer stage : stages) {
            if (stage instanceof SQLTransformer sql) {
                Matcher copies = COPY.matcher(sql.getStatement());
                while (copies.find()) {
                    originals.put(copies.group(2), copies.group(1).replace("``", "`"));
                }
            }
        }
        return stages.stream()
                .filter(stage -> stage instanceof StringIndexerModel || stage instanceof FeatureHasher)
                .flatMap(ModelFit::inputs)
                .map(name -> originals.getOrDefault(name, name))
                .toList();
    }
}
