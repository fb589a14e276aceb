package org.sparkgrad.job.config;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The held-out rows of the training files.
 *
 * @param fraction the share of held-out rows, from 0 to less than 1
 * @param patience the number of states in a row without a lower loss on these rows after which training stops; null for
 *     never
 */
public record ValidationSettings(double fraction, @Nullable Integer patience) implements Serializable {
    /** No held-out rows. */
    public static final ValidationSettings NONE = new ValidationSettings(0, null);
}
