package org.sparkgrad.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How some columns of a table become features; the file names each way by its {@code kind}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ModelColumn.Numeric.class, name = "number"),
    @JsonSubTypes.Type(value = ModelColumn.Array.class, name = "array"),
    @JsonSubTypes.Type(value = ModelColumn.Vector.class, name = "vector"),
    @JsonSubTypes.Type(value = ModelColumn.Text.class, name = "text"),
    @JsonSubTypes.Type(value = ModelColumn.Hashed.class, name = "hashed")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ModelColumn {
    /** Returns the number of features. */
    int width();

    /** Returns the names of the features. */
    List<String> featureNames();

    /**
     * A number, true or false.
     *
     * @param name the column
     * @param mean the value for a missing number; null if there is none
     */
    record Numeric(String name, @Nullable Double mean) implements ModelColumn {
        @Override
        public int width() {
            return 1;
        }

        @Override
        public List<String> featureNames() {
            return List.of(name);
        }
    }

    /**
     * An array of numbers.
     *
     * @param name the column
     * @param width its length
     */
    record Array(String name, int width) implements ModelColumn {
        @Override
        public List<String> featureNames() {
            return numbered(name, width);
        }
    }

    /**
     * A vector of all features, for a file that has no other columns.
     *
     * @param name the column
     * @param width F
     */
    record Vector(String name, int width) implements ModelColumn {
        @Override
        public List<String> featureNames() {
            return numbered(name, width);
        }
    }

    /**
     * Text, with a feature for each level: 1 for the level of the row, 0 for others; all 0 for a missing or unknown text.
     *
     * @param name the column
     * @param levels the texts of the training rows
     */
    record Text(String name, List<String> levels) implements ModelColumn {
        @Override
        public int width() {
            return levels.size();
        }

        @Override
        public List<String> featureNames() {
            return levels.stream().map(level -> name + "=" + level).toList();
        }
    }

    /**
     * Columns of text that share features: the feature of a text is murmur3(NAME=TEXT) modulo the width.
     *
     * @param columns the columns
     * @param names the NAME of each column in the hash
     * @param width the number of shared features
     * @param seed of the hash
     */
    record Hashed(List<String> columns, List<String> names, int width, int seed) implements ModelColumn {
        @Override
        public List<String> featureNames() {
            return numbered("hash", width);
        }
    }

    private static List<String> numbered(String name, int width) {
        return IntStream.range(0, width).mapToObj(i -> name + "_" + i).toList();
    }
}
