package org.sparkgrad.job.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.FeatureHasher;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;

/** The input columns of stages, by the type that the stages expect. */
final class StageColumns {
    private static final String NAME = "`((?:[^`]|``)+)`";

    /** A copy of a column, or of its numbers, under a name that stages can refer to. */
    private static final Pattern COPY = Pattern.compile("(?<=, )(?:" + NAME + "|coalesce\\(nanvl\\(CAST\\(" + NAME
            + " AS DOUBLE\\), [^)]+\\), [^)]+\\)) AS (\\w+)");

    /** A copy of an element of an array column, under a name that stages can refer to. */
    private static final Pattern ELEMENT = Pattern.compile("(?<=, )" + NAME + "\\[(\\d+)\\] AS (\\w+)");

    private static final Pattern MADE = Pattern.compile(" AS (\\w+)");

    private final List<Transformer> stages;
    private final Map<String, String> originals = new HashMap<>();
    private final Map<String, String> elements = new HashMap<>();
    private final Set<String> made = new HashSet<>();

    StageColumns(List<Transformer> stages) {
        this.stages = stages;
        for (Transformer stage : stages) {
            if (stage instanceof SQLTransformer sql) {
                Matcher copies = COPY.matcher(sql.getStatement());
                while (copies.find()) {
                    String name = copies.group(1) == null ? copies.group(2) : copies.group(1);
                    originals.put(copies.group(3), name.replace("``", "`"));
                }
                ELEMENT.matcher(sql.getStatement())
                        .results()
                        .forEach(copy ->
                                elements.put(copy.group(3), copy.group(1).replace("``", "`") + "_" + copy.group(2)));
                MADE.matcher(sql.getStatement()).results().forEach(name -> made.add(name.group(1)));
            }
            ModelFit.outputs(stage).forEach(made::add);
        }
    }

    /** Returns the columns that stages index or hash as text. As a number, 07 would become 7. */
    List<String> texts() {
        return stages.stream()
                .filter(stage -> stage instanceof StringIndexerModel || stage instanceof FeatureHasher)
                .flatMap(this::inputs)
                .toList();
    }

    /** Returns the columns that an assembler reads unchanged or with a replacement for missing numbers. */
    List<String> numbers() {
        return stages.stream()
                .filter(VectorAssembler.class::isInstance)
                .flatMap(this::inputs)
                .toList();
    }

    /** Returns the columns that stages create. */
    Set<String> made() {
        return Set.copyOf(made);
    }

    /**
     * Returns the name that a training gives the feature of a number column, from the name of the column in the stages.
     */
    String original(String name) {
        return elements.getOrDefault(name, originals.getOrDefault(name, name));
    }

    private Stream<String> inputs(Transformer stage) {
        return ModelFit.inputs(stage)
                .filter(name -> originals.containsKey(name) || !made.contains(name))
                .map(name -> originals.getOrDefault(name, name));
    }
}
