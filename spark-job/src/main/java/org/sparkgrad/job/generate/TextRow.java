package org.sparkgrad.job.generate;

import java.io.Serializable;
import java.util.Iterator;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Formats a generated instance as a line of text. */
final class TextRow implements Serializable {
    private static final long serialVersionUID = 1L;

    /** F for CSV; 0 for LIBSVM. */
    private final int cells;

    private TextRow(int cells) {
        this.cells = cells;
    }

    /** Returns the format with cells between commas and the label last. */
    static TextRow csv(int features) {
        return new TextRow(features);
    }

    /** Returns the format with the label, then index:value for each feature that is not 0. */
    static TextRow libsvm() {
        return new TextRow(0);
    }

    /** Returns the lines of a file: a header, if there are rows and the format has one, then one line per row. */
    Iterator<String> lines(Iterator<Long> numbers, LongFunction<String> line) {
        Iterable<Long> rows = () -> numbers;
        Stream<String> header = cells > 0 && numbers.hasNext() ? Stream.of(header()) : Stream.empty();
        return Stream.concat(
                        header, StreamSupport.stream(rows.spliterator(), false).map(line::apply))
                .iterator();
    }

    private String header() {
        return IntStream.range(0, cells).mapToObj(j -> "x" + j).collect(Collectors.joining(",", "", ",label"));
    }

    /** Returns the line of a row. */
    String line(int label, GeneratedRow row) {
        StringBuilder text = new StringBuilder();
        return cells > 0
                ? csv(text, row).append(label).toString()
                : libsvm(text.append(label), row).toString();
    }

    private StringBuilder csv(StringBuilder text, GeneratedRow row) {
        int next = 0;
        for (int i = 0; i < row.values().length; i++) {
            for (; next < row.index(i); next++) {
                text.append("0,");
            }
            text.append(row.values()[i]).append(',');
            next++;
        }
        for (; next < cells; next++) {
            text.append("0,");
        }
        return text;
    }

    private static StringBuilder libsvm(StringBuilder text, GeneratedRow row) {
        for (int i = 0; i < row.values().length; i++) {
            if (row.values()[i] != 0) {
                text.append(' ').append(row.index(i) + 1).append(':').append(row.values()[i]);
            }
        }
        return text;
    }
}
