package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model takes of a table, where it is read beside the training files: what the training files held decides there.
 *
 * @param features F of LIBSVM rows, whose width no file tells; null is the files' own
 * @param texts columns that are text, whatever they hold
 * @param numbers columns that are numbers: a cell that is neither a number nor missing is an error
 */
public record ExpectedColumns(@Nullable Integer features, List<String> texts, List<String> numbers)
        implements Serializable {
    /** Expects nothing: the files decide. */
    public static final ExpectedColumns NONE = new ExpectedColumns(null, List.of(), List.of());

    /** Keeps copies. */
    public ExpectedColumns {
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
    }
}
