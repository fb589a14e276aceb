package org.sparkgrad.job.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.problem.JobException;

/**
 * A saved model as the start of another training. Features are matched by their names and outputs by their labels, so
 * their order may differ from the order in the new data.
 */
public final class InitialModel {
    private static final String HASH = "hash_\\d+";
    private static final int LISTED = 5;

    private InitialModel() {}

    /**
     * Returns the model's coefficients over original features; 0 for a feature that the model does not have.
     *
     * <p>A model whose features have no names, and a table of vectors, are matched by F and the order of the features.
     *
     * @param assembly the features and labels of the new training
     * @param outputs K of the new training
     * @param note receives a sentence about features that only the model or only the training has
     * @throws JobException if there is no such model, or if its labels or outputs differ, or if it has no feature of
     *     the training
     */
    public static Coefficients read(
            SparkSession spark, String path, Assembly assembly, int outputs, Consumer<String> note) {
        SavedModel model = SavedModel.load(spark, path);
        Coefficients known = model.coefficients();
        if (known.outputs() != outputs) {
            throw JobException.data(
                    "The initial model at %s has %d outputs, and the training has %d: name one of the same labels, or none."
                            .formatted(path, known.outputs(), outputs));
        }
        List<String> labels = assembly.labels();
        if (model.labels().size() != labels.size() || !model.labels().containsAll(labels)) {
            throw JobException.data(
                    "The initial model at %s has the labels %s, and the data have %s: name one of the same labels, or none."
                            .formatted(path, String.join(", ", model.labels()), String.join(", ", labels)));
        }
        return reordered(known, places(model, assembly, note), model.labels(), labels);
    }

    /** Returns the index of the model's feature for each feature of the training, or -1. */
    private static int[] places(SavedModel model, Assembly assembly, Consumer<String> note) {
        List<String> from = assembly.isOfVectors() ? null : model.featureNames().orElse(null);
        if (from == null) {
            if (model.features() != assembly.features()) {
                throw JobException.data(
                        "The initial model at %s has %d features without names, and the training has %d: name one of the same data, or none."
                                .formatted(model.path(), model.features(), assembly.features()));
            }
            return IntStream.range(0, assembly.features()).toArray();
        }
        List<String> to = assembly.featureNames();
        if (hashed(from) != hashed(to)) {
            throw JobException.data(
                    "The initial model at %s hashes text to %d features, and the training to %d: give --hash-features as it was."
                            .formatted(model.path(), hashed(from), hashed(to)));
        }
        if (from.equals(to)) {
            return IntStream.range(0, to.size()).toArray();
        }
        refuseTwoOfOneName(model, from);
        refuseTwoOfOneName(model, to);
        Map<String, Integer> known = new HashMap<>();
        for (int feature = 0; feature < from.size(); feature++) {
            known.put(from.get(feature), feature);
        }
        List<String> added =
                to.stream().filter(name -> !known.containsKey(name)).toList();
        if (added.size() == to.size()) {
            throw JobException.data(
                    "The initial model at %s has the features %s, and the data have %s: name one of the same columns, or none."
                            .formatted(model.path(), listed(from), listed(to)));
        }
        Set<String> still = new HashSet<>(to);
        List<String> gone = from.stream().filter(name -> !still.contains(name)).toList();
        if (!added.isEmpty()) {
            note.accept("the initial model has no features %s: they start at 0".formatted(listed(added)));
        }
        if (!gone.isEmpty()) {
            note.accept("the data have no features %s of the initial model: they are left out".formatted(listed(gone)));
        }
        return to.stream().mapToInt(name -> known.getOrDefault(name, -1)).toArray();
    }

    /**
     * Refuses names that two features share. The name of a column may equal the name of a level of another column, and
     * after a change of the order nothing shows which one is meant.
     */
    private static void refuseTwoOfOneName(SavedModel model, List<String> names) {
        Set<String> seen = new HashSet<>();
        names.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw JobException.data(
                    "Two features are called %s, and those of the initial model at %s have another order: rename a column, or name no initial model."
                            .formatted(name, model.path()));
        });
    }

    private static long hashed(List<String> names) {
        return names.stream().filter(name -> name.matches(HASH)).count();
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
                + (names.size() > LISTED ? " and %d more".formatted(names.size() - LISTED) : "");
    }

    private static Coefficients reordered(Coefficients known, int[] places, List<String> from, List<String> to) {
        int features = places.length;
        int row = known.features() + 1;
        double[] values = new double[known.outputs() * (features + 1)];
        for (int k = 0; k < known.outputs(); k++) {
            double sign = known.outputs() == 1 && !from.equals(to) ? -1 : 1;
            int source = known.outputs() == 1 ? 0 : from.indexOf(to.get(k));
            for (int j = 0; j <= features; j++) {
                int place = j == features ? known.features() : places[j];
                values[k * (features + 1) + j] = place < 0 ? 0 : sign * known.values()[source * row + place];
            }
        }
        return new Coefficients(known.outputs(), features, values);
    }
}
