package org.sparkgrad.job.assemble;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.unsafe.types.UTF8String;
import org.sparkgrad.job.read.CodedTexts;

/** The texts of a column in some rows: each different text once, and its code for each row. */
final class TextCells {
    private final int[] codes;
    private final List<String> texts = new ArrayList<>();

    /** Reads rows [from, from + rows) of a column of strings. */
    TextCells(ColumnVector column, int from, int rows) {
        codes = new int[rows];
        if (column instanceof CodedTexts coded) {
            int[] places = new int[coded.texts()]; // codes plus 1
            for (int row = 0; row < rows; row++) {
                int code = column.isNullAt(from + row) ? -1 : coded.code(from + row);
                if (code >= 0 && places[code] == 0) {
                    texts.add(coded.text(code));
                    places[code] = texts.size();
                }
                codes[row] = code < 0 ? -1 : places[code] - 1;
            }
            return;
        }
        Map<UTF8String, Integer> known = new HashMap<>();
        for (int row = 0; row < rows; row++) {
            if (column.isNullAt(from + row)) {
                codes[row] = -1;
                continue;
            }
            UTF8String text = column.getUTF8String(from + row);
            Integer code = known.get(text);
            if (code == null) {
                code = texts.size();
                known.put(text.copy(), code);
                texts.add(text.toString());
            }
            codes[row] = code;
        }
    }

    /** Returns the number of different texts. */
    int texts() {
        return texts.size();
    }

    /** Returns a text; the first row that has a text has it before all texts that follow. */
    String text(int code) {
        return texts.get(code);
    }

    /** Returns the code of a row's text, from 0; -1 for a missing one. */
    int code(int row) {
        return codes[row];
    }
}
