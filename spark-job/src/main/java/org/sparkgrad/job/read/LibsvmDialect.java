package org.sparkgrad.job.read;

import java.io.Serializable;

/**
 * How lines of LIBSVM are read.
 *
 * @param base the index of the first feature
 * @param features F, which no index may pass
 * @param skipsGroups whether the group of a ranking (qid:) is left out, or refused
 */
record LibsvmDialect(int base, int features, boolean skipsGroups) implements Serializable {
    /** Returns the same for other F. */
    LibsvmDialect withFeatures(int other) {
        return new LibsvmDialect(base, other, skipsGroups);
    }
}
