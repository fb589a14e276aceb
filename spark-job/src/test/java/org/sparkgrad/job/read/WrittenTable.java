package org.sparkgrad.job.read;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table by a seed, to be written in many ways and read again: numbers of several kinds, texts with delimiters and quotes,
 * missing cells, a weight w, a label y of text or whole numbers.
 *
 * @param names the columns
 * @param cells by row and column: Double, String or null
 */
record WrittenTable(List<String> names, List<List<@Nullable Object>> cells) {
    private static final List<String> TEXTS = List.of(
            "red",
            "NA",
            "a,b",
            "say \"hi\", a",
            "\"",
            "5'11\"",
            "Köln",
            "x;y",
            "it's",
            "null",
            "o'clock; or, \"not\"",
            "Ελλάδα");

    private static final int MOST_ROWS = 40;
    private static final int FEWEST_ROWS = 4;

    /**
     * Returns seeds from 0: with -Dsparkgrad.full=true as many as tables, by default those of them whose table has a kind
     * that no earlier one has.
     */
    static List<Integer> seeds(int tables, Function<WrittenTable, Set<?>> kinds) {
        Set<Object> seen = new HashSet<>();
        return IntStream.range(0, tables)
                .filter(seed -> seen.addAll(kinds.apply(of(seed))) || Boolean.getBoolean("sparkgrad.full"))
                .boxed()
                .toList();
    }

    /** Draws the table of a seed. */
    static WrittenTable of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int numbers = 1 + random.nextInt(3);
        int texts = random.nextInt(3);
        boolean textLabel = random.nextBoolean();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < numbers; i++) {
            names.add("n" + i + (i == 1 ? ".x" : ""));
        }
        for (int i = 0; i < texts; i++) {
            names.add("t " + i);
        }
        names.add("w");
        names.add("y");
        double missing = random.nextInt(3) * 0.3;
        List<List<@Nullable Object>> cells = new ArrayList<>();
        int rows = FEWEST_ROWS + random.nextInt(MOST_ROWS);
        for (int row = 0; row < rows; row++) {
            List<@Nullable Object> line = new ArrayList<>();
            for (int i = 0; i < numbers; i++) {
                line.add(row > 0 && random.nextDouble() < missing ? null : row == 0 ? 0.5 + i : number(random));
            }
            for (int i = 0; i < texts; i++) {
                String text = row == 0 ? "red" : TEXTS.get(random.nextInt(TEXTS.size()));
                line.add(row > 0 && random.nextDouble() < missing ? null : text);
            }
            line.add((1 + random.nextInt(64)) / 8.0);
            line.add(textLabel ? (Object) (row % 2 == 0 ? "no" : "yes") : (Object) (double) (2 * (row % 3)));
            cells.add(line);
        }
        return new WrittenTable(names, cells);
    }

    private static double number(SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextInt(-1000, 1000);
            case 1 -> random.nextInt(-1000, 1000) / 8.0;
            case 2 -> random.nextGaussian() * 1e-7;
            case 3 -> 1_700_000_000L + random.nextInt(100_000);
            default -> random.nextGaussian();
        };
    }

    /** Returns how many columns hold texts, without the label. */
    long texts() {
        return IntStream.range(0, names.size() - 1)
                .filter(column -> !isNumber(column))
                .count();
    }

    /** Returns whether the label is text. */
    boolean hasTextLabel() {
        return !isNumber(names.size() - 1);
    }

    /** Returns whether a cell is missing. */
    boolean hasMissing() {
        return cells.stream().anyMatch(row -> row.contains(null));
    }

    /** Returns whether a column holds numbers. */
    boolean isNumber(int column) {
        return cells.get(0).get(column) instanceof Double;
    }

    /** Returns the table with what LIBSVM can hold: no column of text but for the label, which is its place, and 0 for missing. */
    WrittenTable numbersOnly() {
        int label = names.size() - 1;
        List<Integer> kept =
                IntStream.range(0, label).filter(this::isNumber).boxed().toList();
        List<String> labels = cells.stream()
                .map(row -> String.valueOf(row.get(label)))
                .distinct()
                .sorted()
                .toList();
        List<List<@Nullable Object>> numbers = new ArrayList<>();
        for (List<@Nullable Object> row : cells) {
            List<@Nullable Object> line = new ArrayList<>();
            kept.forEach(column -> line.add(row.get(column) == null ? 0.0 : row.get(column)));
            line.add((double) labels.indexOf(String.valueOf(row.get(label))));
            numbers.add(line);
        }
        List<String> left = new ArrayList<>(kept.stream().map(names::get).toList());
        left.add(names.get(label));
        return new WrittenTable(left, numbers);
    }
}
