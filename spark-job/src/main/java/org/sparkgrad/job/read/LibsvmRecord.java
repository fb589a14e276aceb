package org.sparkgrad.job.read;

import java.util.Arrays;
import org.sparkgrad.job.config.TextSettings;
import org.sparkgrad.job.read.LibsvmLine.LineProblem;

/**
 * Reads lines of LIBSVM by their bytes. Lines with a comment, a group or anything wrong are left to {@link LibsvmLine},
 * which reads them as text.
 */
final class LibsvmRecord {
    private static final int FIRST_SIZE = 64;

    /** An index of at most so many digits fits an int. */
    private static final int INDEX_DIGITS = 9;

    private final LibsvmDialect dialect;
    private final CellNumber number = new CellNumber(CellFormat.of(TextSettings.DEFAULT));
    private boolean isEmpty;
    private double label;
    private double weight;
    private int[] indices = new int[FIRST_SIZE];
    private double[] values = new double[FIRST_SIZE];
    private int entries;

    LibsvmRecord(LibsvmDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * Reads a line.
     *
     * @throws LineProblem for a wrong line
     */
    void read(TextRecords line) throws LineProblem {
        if (line.isPlain() && readBytes(line.bytes(), line.from(), line.to())) {
            return;
        }
        String text = line.text();
        isEmpty = LibsvmLine.isEmpty(text);
        if (!isEmpty) {
            LibsvmLine read = LibsvmLine.of(text, dialect);
            label = read.label();
            weight = read.weight();
            indices = read.indices();
            values = read.values();
            entries = indices.length;
        }
    }

    /** Reads a line; returns false if it must be read as text. */
    private boolean readBytes(byte[] bytes, int from, int to) {
        int at = skipBlanks(bytes, from, to);
        isEmpty = at == to;
        weight = Double.NaN;
        entries = 0;
        if (isEmpty) {
            return true;
        }
        int stop = tokenEnd(bytes, at, to);
        if (!readNumber(bytes, at, stop)) {
            return false; // a weight, for example
        }
        label = number.value();
        for (at = skipBlanks(bytes, stop, to); at < to; at = skipBlanks(bytes, stop, to)) {
            int colon = at;
            int index = 0;
            for (; colon < to && bytes[colon] >= '0' && bytes[colon] <= '9'; colon++) {
                index = 10 * index + bytes[colon] - '0';
            }
            if (colon == at || colon - at > INDEX_DIGITS || colon == to || bytes[colon] != ':') {
                return false;
            }
            index -= dialect.base();
            stop = tokenEnd(bytes, colon, to);
            if (index < 0
                    || index >= dialect.features()
                    || (entries > 0 && index <= indices[entries - 1])
                    || !readNumber(bytes, colon + 1, stop)) {
                return false;
            }
            if (entries == indices.length) {
                indices = Arrays.copyOf(indices, 2 * entries + 1);
                values = Arrays.copyOf(values, 2 * entries + 1);
            }
            indices[entries] = index;
            values[entries++] = number.value();
        }
        return true;
    }

    private boolean readNumber(byte[] bytes, int from, int to) {
        return number.read(bytes, from, to) != null && Double.isFinite(number.value());
    }

    /** Returns whether the last line has neither label nor features. */
    boolean isEmpty() {
        return isEmpty;
    }

    boolean isWeighted() {
        return !Double.isNaN(weight);
    }

    /** Adds the last line to some rows. */
    void addTo(VectorBlock block) {
        block.add(label, weight, indices, values, entries);
    }

    /** Returns the smallest F that the line fits. */
    int width() {
        return entries == 0 ? 0 : indices[entries - 1] + 1;
    }

    private static int skipBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] <= ' ') {
            at++;
        }
        return at;
    }

    private static int tokenEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] > ' ') {
            at++;
        }
        return at;
    }
}
