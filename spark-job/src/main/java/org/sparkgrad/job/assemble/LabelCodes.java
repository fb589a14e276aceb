package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.jspecify.annotations.Nullable;

/** Gives each cell of a label column a whole number, which is looked up once for each different cell. */
final class LabelCodes {
    private final Map<Object, Integer> known = new HashMap<>();
    private final List<Object> cells = new ArrayList<>();
    private final ClassOfCell codeOf;

    private LabelCodes(@Nullable ClassOfCell classes) {
        this.codeOf = classes == null ? this::next : classes;
    }

    /** Returns the classes of cells as codes. */
    static LabelCodes of(ClassOfCell classes) {
        return new LabelCodes(classes);
    }

    /** Returns codes from 0 in the order in which cells appear; cells beyond {@link LabelFit#MOST_LABELS} have none. */
    static LabelCodes byAppearance() {
        return new LabelCodes(null);
    }

    private int next(Object cell) {
        if (cells.size() > LabelFit.MOST_LABELS) {
            return -1;
        }
        cells.add(cell);
        return cells.size() - 1;
    }

    /** Returns the cell of each code, if codes are by appearance. */
    List<Object> cells() {
        return cells;
    }

    /** Returns the code of each row, by place; null if one has none. */
    int @Nullable [] of(ColumnVector column, BatchPart part) {
        int[] codes = new int[part.rows()];
        for (int i = 0; i < codes.length; i++) {
            Object cell = LabelCells.of(column, part.from() + i);
            int code = cell == null ? -1 : known.computeIfAbsent(cell, codeOf::of);
            if (code < 0) {
                return null;
            }
            codes[part.place(i)] = code;
        }
        return codes;
    }
}
