package org.sparkgrad.job.assemble;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.sparkgrad.job.read.ColumnBatch;
import org.sparkgrad.score.ModelColumn;

/** A text column with one feature for each of its levels: 1 for the level of the row, 0 for all others. */
final class LevelColumn implements FeatureColumn {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final List<String> levels;
    private final Map<String, Integer> places = new HashMap<>();

    /** @param levels the texts of the training rows, in the order of the features */
    LevelColumn(String name, List<String> levels) {
        this.name = name;
        this.levels = List.copyOf(levels);
        levels.forEach(level -> places.put(level, places.size()));
    }

    /** Returns the texts of the training rows, in the order of the features. */
    List<String> levels() {
        return levels;
    }

    @Override
    public List<String> columns() {
        return List.of(name);
    }

    @Override
    public int width() {
        return levels.size();
    }

    @Override
    public List<String> featureNames() {
        return levels.stream().map(level -> name + "=" + level).toList();
    }

    @Override
    public ModelColumn described() {
        return new ModelColumn.Text(name, levels);
    }

    /** A missing text, and a text that no training row has, adds nothing. */
    @Override
    public void read(long number, Row row, int[] cells, int column, int first, FeatureRow features) {
        Object cell = row.get(cells[column]);
        int level = cell == null ? -1 : level(cell.toString());
        if (level >= 0) {
            features.add(first + level, 1);
        }
    }

    @Override
    public RowEntries entries(ColumnBatch batch, int column, int from, int rows, int first) {
        TextCells texts = new TextCells(batch.column(column), from, rows);
        int[] known = new int[texts.texts()];
        for (int code = 0; code < known.length; code++) {
            known[code] = level(texts.text(code));
        }
        return (row, indices, values, count) -> {
            int level = texts.code(row) < 0 ? -1 : known[texts.code(row)];
            if (level < 0) {
                return count;
            }
            indices[count] = first + level;
            values[count] = 1;
            return count + 1;
        };
    }

    /** Returns the level of a text; -1 for one that no training row has. */
    private int level(String text) {
        return places.getOrDefault(text, -1);
    }
}
