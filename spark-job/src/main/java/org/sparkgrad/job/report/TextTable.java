package org.sparkgrad.job.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A table in plain text. The first column is aligned left, the others right; empty columns are omitted. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /** Creates a table with these column headings. */
    public TextTable(String... heads) {
        rows.add(List.of(heads));
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if the number of cells differs from the number of headings
     */
    public void row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException("%d cells under %d heads"
                    .formatted(cells.length, rows.get(0).size()));
        }
        rows.add(List.of(cells));
    }

    /** Returns the lines, two spaces between the columns. */
    public List<String> lines() {
        int[] columns = IntStream.range(0, rows.get(0).size())
                .filter(column -> column == 0
                        || rows.stream()
                                .skip(1)
                                .anyMatch(row -> !row.get(column).isEmpty()))
                .toArray();
        return rows.stream().map(row -> line(row, columns)).toList();
    }

    private String line(List<String> row, int[] columns) {
        StringBuilder line = new StringBuilder();
        for (int column : columns) {
            String padding = " ".repeat(width(column) - row.get(column).length());
            String cell = column == 0 ? row.get(0) + padding : "  " + padding + row.get(column);
            line.append(cell);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
