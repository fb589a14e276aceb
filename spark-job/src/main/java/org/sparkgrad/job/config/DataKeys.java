package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.DATA;

import java.util.List;
import org.sparkgrad.job.config.DataSettings.Dense;
import org.sparkgrad.job.config.DataSettings.Format;
import org.sparkgrad.job.config.FeatureSettings.Missing;
import org.sparkgrad.job.config.LabelSettings.MissingLabel;
import org.sparkgrad.job.config.TextSettings.Multiline;

/** The keys of the data to read, for training and scoring. */
final class DataKeys {
    static final Key<Format> FORMAT = new Key<>(
            DATA,
            "format",
            ValueTypes.choice(Format.class),
            null,
            "Format of the files; when not given, the name of the first data file decides: .parquet is parquet,"
                    + " .tsv is tsv, .csv is csv, .libsvm and .svm are libsvm, a name with idx1-ubyte or idx3-ubyte is"
                    + " idx; else the first bytes of the file, which is csv if they are no Parquet's.");
    static final Key<List<String>> DATA_FILES = new Key<>(
            DATA,
            "data",
            ValueTypes.paths(),
            List.of(),
            "Training files, folders or globs, on any file system Hadoop knows; required.");
    static final Key<List<String>> LABELS = new Key<>(
            DATA,
            "labels",
            ValueTypes.paths(),
            List.of(),
            "Label files of idx data, one for each data file, in order; predict needs none.");
    static final Key<List<String>> TEST_DATA = new Key<>(
            DATA,
            "testData",
            ValueTypes.paths(),
            List.of(),
            "Held-out files, folders or globs, on which the trained model is measured.");
    static final Key<List<String>> TEST_LABELS = new Key<>(
            DATA,
            "testLabels",
            ValueTypes.paths(),
            List.of(),
            "Label files of held-out idx data, one for each file of testData, in order.");
    static final Key<Boolean> HEADER = new Key<>(
            DATA,
            "header",
            ValueTypes.flag(),
            false,
            "Whether the first line of each csv or tsv file names the columns.");
    static final Key<String> DELIMITER = new Key<>(
            DATA,
            "delimiter",
            ValueTypes.delimiter(),
            ",",
            "The character between the cells of a csv file; blanks is one or more blanks or tabs.");
    static final Key<String> QUOTE = new Key<>(
            DATA,
            "quote",
            ValueTypes.characterOrNone(),
            "\"",
            "The character around cells that hold delimiters or line breaks, doubled within them; none is no such character.");
    static final Key<String> ESCAPE = new Key<>(
            DATA,
            "escape",
            ValueTypes.characterOrNone(),
            "none",
            "The character that makes a quote within a quoted cell plain, beside a doubled quote: \\ in files that Spark wrote.");
    static final Key<Multiline> MULTILINE = new Key<>(
            DATA,
            "multiline",
            ValueTypes.choice(Multiline.class),
            Multiline.AUTO,
            "Whether quoted cells may hold line breaks; auto refuses those in which two or more lines have the file's columns by"
                    + " themselves, and takes a quote that nothing closes in its line for text in tsv.");
    static final Key<String> DECIMAL = new Key<>(
            DATA,
            "decimal",
            ValueTypes.decimal(),
            ".",
            "The character before the fraction of numbers in text, a point or a comma.");
    static final Key<String> THOUSANDS = new Key<>(
            DATA,
            "thousands",
            ValueTypes.characterOrNone(),
            "none",
            "The character between groups of three digits of numbers in text; a blank stands for no-break blanks, too.");
    static final Key<List<String>> MISSING_TEXTS = new Key<>(
            DATA,
            "missingTexts",
            ValueTypes.texts(),
            null,
            "The texts that mean a missing value, beside an empty cell, in all columns; when not given, NA, N/A, NaN, null,"
                    + " \\N and ? in any case of letters in a column whose other cells are all numbers, and \\N in a column of"
                    + " text.");
    static final Key<String> LABEL = new Key<>(
            DATA,
            "label",
            ValueTypes.text("COLUMN"),
            null,
            "The label column, by name or by index from 0 (-1 is the last); when not given, the column named"
                    + " label, else the last one.");
    static final Key<String> POSITIVE_LABEL = new Key<>(
            DATA,
            "positiveLabel",
            ValueTypes.text("LABEL"),
            null,
            "Of two labels the one that is class 1, whose probability the model gives; when not given, the second: text goes by"
                    + " name, numbers and booleans go by value.");
    static final Key<MissingLabel> MISSING_LABEL = new Key<>(
            DATA,
            "missingLabel",
            ValueTypes.choice(MissingLabel.class),
            MissingLabel.ERROR,
            "What a row without a label does in training and evaluation: error ends the run, drop leaves the row out.");
    static final Key<List<String>> FEATURES = new Key<>(
            DATA,
            "features",
            ValueTypes.columns(),
            List.of(),
            "The feature columns, of numbers, text or arrays of numbers, or one of vectors; when not given, every column but"
                    + " label, weight and ignored ones, or the column named features alone if it holds vectors or arrays.");
    static final Key<List<String>> IGNORE_COLUMNS =
            new Key<>(DATA, "ignoreColumns", ValueTypes.columns(), List.of(), "Columns that are no features.");
    static final Key<String> WEIGHT = new Key<>(
            DATA,
            "weight",
            ValueTypes.text("COLUMN"),
            null,
            "The column of instance weights; when not given, each row weighs 1.");
    static final Key<List<String>> TEXT_COLUMNS = new Key<>(
            DATA,
            "textColumns",
            ValueTypes.columns(),
            List.of(),
            "Feature columns taken as text whatever they hold, codes and postcodes say; columns that hold other text are"
                    + " text anyway. A text column has one feature for each text of the training rows: 1 where the row"
                    + " has it, else 0; an unknown or missing text has none.");
    static final Key<Integer> HASH_FEATURES = new Key<>(
            DATA,
            "hashFeatures",
            ValueTypes.powerOfTwo(),
            null,
            "For text columns of very many texts: features, a power of two, that all text columns share, each text having"
                    + " one by its hash (murmur3 of COLUMN=TEXT, with the seed of Spark's FeatureHasher); when not given,"
                    + " each text has a feature of its own.");
    static final Key<Missing> MISSING = new Key<>(
            DATA,
            "missing",
            ValueTypes.choice(Missing.class),
            Missing.ERROR,
            "What a missing number (an empty cell, null or NaN) in a feature column does: error ends the run, mean puts the"
                    + " column's mean over the training files there, drop leaves the row out. The saved model does the same.");
    static final Key<Boolean> RAW_BYTES = new Key<>(
            DATA, "rawBytes", ValueTypes.flag(), false, "Whether idx bytes stay 0 to 255; else they become 0 to 1.");
    static final Key<Integer> INDEX_BASE =
            new Key<>(DATA, "indexBase", ValueTypes.zeroOrOne(), 1, "The index of the first feature in libsvm files.");
    static final Key<Boolean> SKIP_QID = new Key<>(
            DATA,
            "skipQid",
            ValueTypes.flag(),
            false,
            "Whether the group of a ranking (qid:) in lines of libsvm is left out; else it is refused.");
    static final Key<Dense> DENSE = new Key<>(
            DATA,
            "dense",
            ValueTypes.choice(Dense.class),
            Dense.AUTO,
            "Whether zeros are held in memory; auto leaves them out of wide data that are mostly zeros, which are then"
                    + " centred without being held.");

    /** All data keys. */
    static final KeyTable TABLE = KeyTable.of(
            FORMAT,
            DATA_FILES,
            LABELS,
            TEST_DATA,
            TEST_LABELS,
            HEADER,
            DELIMITER,
            QUOTE,
            ESCAPE,
            MULTILINE,
            DECIMAL,
            THOUSANDS,
            MISSING_TEXTS,
            LABEL,
            POSITIVE_LABEL,
            MISSING_LABEL,
            FEATURES,
            IGNORE_COLUMNS,
            WEIGHT,
            TEXT_COLUMNS,
            HASH_FEATURES,
            MISSING,
            RAW_BYTES,
            INDEX_BASE,
            SKIP_QID,
            DENSE);

    private DataKeys() {}
}
