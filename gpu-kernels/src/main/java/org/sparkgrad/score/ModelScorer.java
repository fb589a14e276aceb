package org.sparkgrad.score;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores rows by a saved model without Spark, with the probabilities of the Spark model. Threads can share an object.
 */
public final class ModelScorer {
    private static final double HALF = 0.5;

    private final List<String> labels;
    private final RowReader reader;
    /** K x F. */
    private final double[][] coefficients;

    private final double[] intercepts;

    /**
     * @param model as read from its file
     * @throws IllegalArgumentException if the number of coefficients is not the number of features
     */
    public ModelScorer(ModelFile model) {
        this.labels = model.labels();
        this.reader = new RowReader(model);
        this.coefficients = model.coefficients().stream()
                .map(output -> output.coefficients().dense(model.features()))
                .toArray(double[][]::new);
        this.intercepts = model.coefficients().stream()
                .mapToDouble(ModelFile.Output::intercept)
                .toArray();
    }

    /**
     * Reads {@code OUTPUT/model.json}.
     *
     * @throws IOException if the file cannot be read, or is no model
     */
    public static ModelScorer read(Path modelJson) throws IOException {
        try (InputStream json = Files.newInputStream(modelJson)) {
            return new ModelScorer(ModelFile.read(json));
        }
    }

    /** Returns the original label of each class. */
    public List<String> labels() {
        return labels;
    }

    /**
     * Returns the prediction for a row of a table. Returns nothing if the row has a missing number and the model drops
     * such rows.
     *
     * @param row a cell for each column of the model: a number or Boolean, a text, a List or double[] of numbers; null is a
     *     missing value; other columns are ignored
     * @throws IllegalArgumentException if a column is missing, or a cell is no finite number where the model needs one
     */
    public Optional<Prediction> predict(Map<String, ?> row) {
        double[] margins = new double[intercepts.length];
        if (!reader.read(row, (feature, value) -> add(feature, value, margins))) {
            return Optional.empty();
        }
        double[] probabilities = softmax(margins);
        return Optional.of(new Prediction(
                labels.get(likeliest(probabilities)),
                Arrays.stream(probabilities).boxed().toList()));
    }

    /**
     * Returns the probability of each label.
     *
     * @param features F finite numbers
     */
    public double[] probabilities(double[] features) {
        if (features.length != coefficients[0].length) {
            throw new IllegalArgumentException(
                    "%d features, where the model has %d".formatted(features.length, coefficients[0].length));
        }
        double[] margins = new double[intercepts.length];
        for (int feature = 0; feature < features.length; feature++) {
            add(feature, features[feature], margins);
        }
        return softmax(margins);
    }

    /**
     * Returns the probability of each label.
     *
     * @param indices of the features that are not zero, from 0
     * @param values the value of each of these features
     */
    public double[] probabilities(int[] indices, double[] values) {
        double[] margins = new double[intercepts.length];
        for (int i = 0; i < indices.length; i++) {
            add(indices[i], values[i], margins);
        }
        return softmax(margins);
    }

    /** Returns the class of the largest probability; of equal ones the first, as Spark does. */
    private static int likeliest(double[] probabilities) {
        if (probabilities.length == 2) {
            return probabilities[1] > HALF ? 1 : 0;
        }
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        return best;
    }

    private void add(int feature, double value, double[] margins) {
        for (int k = 0; k < margins.length; k++) {
            margins[k] += coefficients[k][feature] * value;
        }
    }

    private double[] softmax(double[] margins) {
        for (int k = 0; k < margins.length; k++) {
            margins[k] += intercepts[k];
        }
        if (margins.length == 1) {
            double negative = 1 / (1 + Math.exp(margins[0]));
            return new double[] {negative, 1 - negative};
        }
        double largest = Arrays.stream(margins).max().orElseThrow();
        double sum = 0;
        for (int k = 0; k < margins.length; k++) {
            margins[k] = Math.exp(margins[k] - largest);
            sum += margins[k];
        }
        for (int k = 0; k < margins.length; k++) {
            margins[k] /= sum;
        }
        return margins;
    }
}
