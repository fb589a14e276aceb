package org.sparkgrad.gpu.block;

/**
 * Selects rows by their folds: all rows, all but those of one fold, or those of one fold.
 *
 * @param fold the fold, or {@link GridModel#NONE} for all rows
 * @param only true selects the rows of the fold, false all other rows
 */
public record FoldMask(int fold, boolean only) {
    /** All rows. */
    public static final FoldMask ALL = new FoldMask(GridModel.NONE, false);

    /** Checks that there are rows to take. */
    public FoldMask {
        if (only && fold == GridModel.NONE) {
            throw new IllegalArgumentException("no fold to take");
        }
    }

    /** Returns all rows but those of a fold, or {@link GridModel#NONE}. */
    public static FoldMask without(int fold) {
        return new FoldMask(fold, false);
    }

    /** Returns the rows of one fold. */
    public static FoldMask of(int fold) {
        return new FoldMask(fold, true);
    }

    /** Returns whether it takes a row of the given fold. */
    public boolean takes(int ofRow) {
        return only == (ofRow == fold);
    }
}
