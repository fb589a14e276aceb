package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.DATA;
import static org.sparkgrad.job.config.KeyGroup.OUTPUT;

/** The options of the generate command. */
public final class GenerateKeys {
    /** Tables that can be made. */
    public enum Kind {
        /** Cats and dogs: ear shape, weight and tail length. */
        PETS
    }

    /** Which table. */
    public static final Key<Kind> KIND =
            new Key<>(DATA, "kind", ValueTypes.choice(Kind.class), Kind.PETS, "The table to make.");

    /** N. */
    public static final Key<Integer> ROWS = new Key<>(DATA, "rows", ValueTypes.whole(1), 1000, "How many rows.");

    /** Which rows. */
    public static final Key<Long> SEED = new Key<>(
            DATA, "seed", ValueTypes.anyWhole(), 42L, "The same seed gives the same rows, whatever the cluster.");

    /** Where they go. */
    public static final Key<String> OUTPUT_FOLDER =
            new Key<>(OUTPUT, "output", ValueTypes.text("PATH"), null, "The folder to write; required.");

    /** Whether they may replace others. */
    public static final Key<Boolean> OVERWRITE =
            new Key<>(OUTPUT, "overwrite", ValueTypes.flag(), false, "Whether an existing folder is replaced.");

    /** All of them. */
    public static final KeyTable TABLE =
            KeyTable.of(KIND, ROWS, SEED, OUTPUT_FOLDER, OVERWRITE).and(GeneralKeys.TABLE);

    private GenerateKeys() {}
}
