package org.sparkgrad.job.read;

import java.util.Arrays;

/**
 * One line of LIBSVM: a label, an optional weight after a colon, then index:value for each feature that is not zero, in
 * ascending order of indices.
 */
final class LibsvmLine {
    private static final String GROUP = "qid:";
    private static final int FIRST_SIZE = 16;

    private final String text;
    private final int end;
    private final double label;
    private final double weight;
    private int[] indices = new int[FIRST_SIZE];
    private double[] values = new double[FIRST_SIZE];
    private int entries;

    private LibsvmLine(String text, int end, LibsvmDialect dialect) throws LineProblem {
        this.text = text;
        this.end = end;
        int start = skipBlanks(0);
        int stop = tokenEnd(start);
        int colon = text.indexOf(':', start);
        boolean weighted = colon >= 0 && colon < stop;
        this.label = number("the label", start, weighted ? colon : stop);
        this.weight = weighted ? number("the weight", colon + 1, stop) : Double.NaN;
        boolean first = true;
        for (start = skipBlanks(stop); start < end; start = skipBlanks(stop)) {
            stop = tokenEnd(start);
            if (first && text.startsWith(GROUP, start)) {
                refuseGroup(dialect);
            } else {
                add(start, stop, dialect.base(), dialect.features());
            }
            first = false;
        }
    }

    /** An error in a line. */
    static final class LineProblem extends Exception {
        private static final long serialVersionUID = 1L;

        LineProblem(String message) {
            super(message);
        }

        String text() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * Reads a line; the text after a # is a comment.
     *
     * @param dialect F, the largest index allowed, and the index of the first feature
     */
    static LibsvmLine of(String line, LibsvmDialect dialect) throws LineProblem {
        return new LibsvmLine(line, contentEnd(line), dialect);
    }

    /** Returns whether a line has neither label nor features. */
    static boolean isEmpty(String line) {
        return line.substring(0, contentEnd(line)).isBlank();
    }

    double label() {
        return label;
    }

    /** Returns whether the label has a weight after it. */
    boolean isWeighted() {
        return !Double.isNaN(weight);
    }

    /** Returns the weight, or NaN. */
    double weight() {
        return weight;
    }

    /** Returns the indices, from 0, of the features in the line. */
    int[] indices() {
        return Arrays.copyOf(indices, entries);
    }

    /** Returns the values of these features. */
    double[] values() {
        return Arrays.copyOf(values, entries);
    }

    /** Returns the smallest F that the line fits. */
    int width() {
        return entries == 0 ? 0 : indices[entries - 1] + 1;
    }

    private void add(int start, int stop, int base, int features) throws LineProblem {
        int colon = text.indexOf(':', start);
        if (colon < 0 || colon >= stop) {
            throw new LineProblem(quoted(start, stop) + " is no index:value");
        }
        long index = index(start, colon) - base;
        if (index < 0) {
            throw new LineProblem("the index 0, where the first feature has the index 1: use --index-base 0");
        }
        if (index >= features) {
            throw new LineProblem(
                    "the index " + (index + base) + " is beyond the " + features + " features of the training data");
        }
        if (entries > 0 && index <= indices[entries - 1]) {
            throw new LineProblem("the index " + (index + base) + " after " + (indices[entries - 1] + base)
                    + ": sort the features, each at most once");
        }
        if (entries == indices.length) {
            indices = Arrays.copyOf(indices, 2 * entries);
            values = Arrays.copyOf(values, 2 * entries);
        }
        indices[entries] = (int) index;
        values[entries] = number("the value", colon + 1, stop);
        entries++;
    }

    private static void refuseGroup(LibsvmDialect dialect) throws LineProblem {
        if (!dialect.skipsGroups()) {
            throw new LineProblem(
                    "qid: names the group of a ranking, which a regression does not know: leave groups out with"
                            + " --skip-qid");
        }
    }

    private long index(int start, int stop) throws LineProblem {
        long index = start == stop ? -1 : 0;
        for (int at = start; at < stop && index >= 0 && index < Integer.MAX_VALUE; at++) {
            int digit = text.charAt(at) - '0'; // Digits of other scripts are refused.
            index = digit < 0 || digit > 9 ? -1 : 10 * index + digit;
        }
        if (index < 0 || index >= Integer.MAX_VALUE) {
            throw new LineProblem("the index " + quoted(start, stop) + " is no whole number from 0 to 2^31 - 2");
        }
        return index;
    }

    private double number(String what, int start, int stop) throws LineProblem {
        String number = text.substring(start, stop);
        try {
            double value = Double.parseDouble(number);
            if (!Double.isFinite(value)) {
                throw new LineProblem(what + " " + ReadProblems.snippet(number) + " is not finite");
            }
            if (!isJavaAlone(number)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new LineProblem(what + " " + quoted(start, stop) + " is no number");
        }
        throw new LineProblem(what + " " + quoted(start, stop) + " is no number");
    }

    /** Returns whether only Java reads the text as a number: 1f, 1d, 0x1p3. */
    private static boolean isJavaAlone(String number) {
        return number.charAt(number.length() - 1) > '9' || number.indexOf('x') >= 0 || number.indexOf('X') >= 0;
    }

    private String quoted(int start, int stop) {
        return "\"" + ReadProblems.snippet(text.substring(start, stop)) + "\"";
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < end && text.charAt(at) <= ' ') {
            at++;
        }
        return at;
    }

    private int tokenEnd(int from) {
        int at = from;
        while (at < end && text.charAt(at) > ' ') {
            at++;
        }
        return at;
    }

    private static int contentEnd(String line) {
        int comment = line.indexOf('#');
        return comment < 0 ? line.length() : comment;
    }
}
