package org.sparkgrad.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the training files that are not trained on.
 *
 * @param fraction their share, from 0 to less than 1
 * @param patience after how many states in a row without a lower loss on them training stops; null never
 */
public record ValidationSettings(double fraction, @Nullable Integer patience) implements Serializable {
    /** All rows are trained on. */
    public static final ValidationSettings NONE = new ValidationSettings(0, null);
}
