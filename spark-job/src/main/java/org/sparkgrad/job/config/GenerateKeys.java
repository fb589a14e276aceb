package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.DATA;
import static org.sparkgrad.job.config.KeyGroup.OUTPUT;

import org.sparkgrad.job.config.GenerateSettings.Format;
import org.sparkgrad.job.config.GenerateSettings.Kind;

/** The options of the generate command. */
public final class GenerateKeys {
    static final Key<Kind> KIND = new Key<>(
            DATA,
            "kind",
            ValueTypes.choice(Kind.class),
            Kind.PETS,
            "The table to make: pets are cats and dogs; dense and sparse have normal features and labels drawn from a true"
                    + " softmax regression, so that classes overlap.");
    static final Key<Long> ROWS = new Key<>(DATA, "rows", ValueTypes.count(), 1000L, "How many rows.");
    static final Key<Integer> FEATURES =
            new Key<>(DATA, "features", ValueTypes.whole(1), 20, "How many features, of a dense or sparse table.");
    static final Key<Integer> CLASSES =
            new Key<>(DATA, "classes", ValueTypes.whole(2), 2, "How many labels, from 0, of a dense or sparse table.");
    static final Key<Integer> NONZEROS = new Key<>(
            DATA, "nonzeros", ValueTypes.whole(1), 10, "How many features of a row are not 0, of a sparse table.");
    static final Key<Format> FORMAT = new Key<>(
            DATA,
            "format",
            ValueTypes.choice(Format.class),
            null,
            "Format of the files: csv with a header, libsvm with indices from 1, or parquet with a vector of features;"
                    + " when not given, libsvm for a sparse table, else csv.");
    static final Key<Long> SEED = new Key<>(
            DATA, "seed", ValueTypes.anyWhole(), 42L, "The same seed gives the same rows, whatever the cluster.");
    static final Key<String> OUTPUT_FOLDER =
            new Key<>(OUTPUT, "output", ValueTypes.text("PATH"), null, "The folder to write; required.");
    static final Key<Boolean> OVERWRITE =
            new Key<>(OUTPUT, "overwrite", ValueTypes.flag(), false, "Whether an existing folder is replaced.");

    /** All options. */
    public static final KeyTable TABLE = KeyTable.of(
                    KIND, ROWS, FEATURES, CLASSES, NONZEROS, FORMAT, SEED, OUTPUT_FOLDER, OVERWRITE)
            .and(GeneralKeys.TABLE);

    private GenerateKeys() {}
}
