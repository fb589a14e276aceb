package org.sparkgrad.gpu.block;

/**
 * Which rows a sum takes, by their folds.
 *
 * @param fold a fold, or {@link GridModel#NONE}
 * @param only whether it takes the rows of that fold and no others, instead of all but those
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
