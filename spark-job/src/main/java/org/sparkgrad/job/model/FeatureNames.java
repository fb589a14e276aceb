package org.sparkgrad.job.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.FeatureHasher;
import org.apache.spark.ml.feature.OneHotEncoderModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;

/**
 * Finds the names of a saved model's features from its stages. The names are those of a training: a column, COLUMN=TEXT
 * or hash_0.
 */
final class FeatureNames {
    private final StageColumns columns;
    private final Map<String, List<String>> made = new HashMap<>();
    private final Map<String, List<String>> levels = new HashMap<>();

    private FeatureNames(List<Transformer> stages) {
        this.columns = new StageColumns(stages);
        for (Transformer stage : stages) {
            if (stage instanceof StringIndexerModel indexer) {
                index(indexer);
            } else if (stage instanceof OneHotEncoderModel encoder) {
                encode(encoder);
            } else if (stage instanceof FeatureHasher hasher) {
                made.put(
                        hasher.getOutputCol(),
                        IntStream.range(0, hasher.getNumFeatures())
                                .mapToObj(feature -> "hash_" + feature)
                                .toList());
            }
        }
    }

    /**
     * Returns the names of the F features; empty if no assembler creates them or if a stage is unknown.
     *
     * @param stages the stages before the model
     * @param column the column of features
     * @param count F
     */
    static Optional<List<String>> of(List<Transformer> stages, String column, int count) {
        FeatureNames names = new FeatureNames(stages);
        return stages.stream()
                .filter(stage -> stage instanceof VectorAssembler assembler
                        && assembler.getOutputCol().equals(column))
                .findFirst()
                .map(stage -> Arrays.stream(((VectorAssembler) stage).getInputCols())
                        .flatMap(names::features)
                        .toList())
                .filter(found -> found.size() == count);
    }

    private Stream<String> features(String input) {
        List<String> several = made.get(input);
        return several == null ? Stream.of(columns.original(input)) : several.stream();
    }

    private void index(StringIndexerModel indexer) {
        List<String> inputs = ModelFit.inputs(indexer).toList();
        List<String> outputs = ModelFit.outputs(indexer).toList();
        for (int i = 0; i < outputs.size(); i++) {
            String name = columns.original(inputs.get(i));
            levels.put(
                    outputs.get(i),
                    Arrays.stream(indexer.labelsArray()[i])
                            .map(level -> name + "=" + level)
                            .toList());
        }
    }

    private void encode(OneHotEncoderModel encoder) {
        List<String> inputs = ModelFit.inputs(encoder).toList();
        List<String> outputs = ModelFit.outputs(encoder).toList();
        for (int i = 0; i < outputs.size(); i++) {
            List<String> known = levels.get(inputs.get(i));
            if (known != null) {
                made.put(outputs.get(i), new ArrayList<>(known));
            }
        }
    }
}
