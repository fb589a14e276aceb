package org.sparkgrad.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/**
 * A trained model as {@code model.json} holds it.
 *
 * @param format of the file, {@link #FORMAT}
 * @param family binomial, with one row of coefficients for class 1, or multinomial, with a row for each class
 * @param labels the original label of each class
 * @param features F
 * @param missing what the model does with a row that has a missing number: error, mean, or drop, that is no prediction
 * @param columns how the table's columns become features, in the order of the features
 * @param coefficients K rows over original features
 * @param standardization of the features in training; the coefficients are for features in their original scale
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelFile(
        int format,
        String family,
        List<String> labels,
        int features,
        String missing,
        List<ModelColumn> columns,
        List<Output> coefficients,
        Standardization standardization) {
    /** The format that this version writes and reads. */
    public static final int FORMAT = 1;

    /** The family of one row of coefficients. */
    public static final String BINOMIAL = "binomial";

    /** The family of a row of coefficients for each class. */
    public static final String MULTINOMIAL = "multinomial";

    /** A model may have millions of numbers, and writes each with the fewest digits that are read as the same number. */
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .enable(SerializationFeature.INDENT_OUTPUT);

    /** Checks that the parts fit together, since users may edit the file. */
    public ModelFile {
        if (format != FORMAT) {
            throw new IllegalArgumentException("it is of format %d, and %d is known".formatted(format, FORMAT));
        }
        labels = List.copyOf(labels);
        columns = List.copyOf(columns);
        coefficients = List.copyOf(coefficients);
        int width = columns.stream().mapToInt(ModelColumn::width).sum();
        if (width != features) {
            throw new IllegalArgumentException("its columns make %d features of %d".formatted(width, features));
        }
        int outputs = family.equals(BINOMIAL) ? 1 : labels.size();
        if (coefficients.size() != outputs || labels.size() < 2) {
            throw new IllegalArgumentException(
                    "it has %d rows of coefficients for %d labels".formatted(coefficients.size(), labels.size()));
        }
    }

    /**
     * One row of coefficients.
     *
     * @param intercept 0 where none was fitted
     * @param coefficients F
     */
    public record Output(double intercept, JsonVector coefficients) {}

    /**
     * How features were scaled in training.
     *
     * @param used whether features were scaled to deviation 1
     * @param means F means of the training rows
     * @param deviations F sample standard deviations of the training rows
     */
    public record Standardization(boolean used, JsonVector means, JsonVector deviations) {}

    /** Returns the F names of the features. */
    public List<String> featureNames() {
        return columns.stream()
                .flatMap(column -> column.featureNames().stream())
                .toList();
    }

    /**
     * Reads {@code model.json}.
     *
     * @throws IOException if the file cannot be read, or is no model
     */
    public static ModelFile read(InputStream json) throws IOException {
        return MAPPER.readValue(json, ModelFile.class);
    }

    /**
     * Writes the file and closes the stream.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(OutputStream json) throws IOException {
        MAPPER.writeValue(json, this);
    }
}
