package org.sparkgrad.job.read;

import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a model expects in a table. The training files decided on these columns.
 *
 * @param features F of LIBSVM rows, since no file contains F; null uses the F of the files
 * @param texts the columns that are read as text, whatever their cells are
 * @param numbers the columns of numbers: a cell that is neither a number nor missing is an error
 */
public record ExpectedColumns(@Nullable Integer features, List<String> texts, List<String> numbers)
        implements Serializable {
    /** No expectations: the files decide. */
    public static final ExpectedColumns NONE = new ExpectedColumns(null, List.of(), List.of());

    /** Copies the lists. */
    public ExpectedColumns {
        texts = List.copyOf(texts);
        numbers = List.copyOf(numbers);
    }
}
