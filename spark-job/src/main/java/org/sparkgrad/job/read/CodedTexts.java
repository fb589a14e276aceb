package org.sparkgrad.job.read;

import org.jspecify.annotations.Nullable;

/** A column of texts that stores each different text of some rows once. */
public interface CodedTexts {
    /** Returns the number of different texts. */
    int texts();

    /** Returns a text; null for one that means a missing cell. */
    @Nullable
    String text(int code);

    /** Returns the code of a row's text; -1 if the cell is empty. */
    int code(int row);
}
