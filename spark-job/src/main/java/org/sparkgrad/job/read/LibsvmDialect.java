package org.sparkgrad.job.read;

import java.io.Serializable;

/**
 * The syntax of LIBSVM lines.
 *
 * @param base the index of the first feature
 * @param features F, the largest index allowed
 * @param skipsGroups whether the group of a ranking (qid:) is ignored or refused
 */
record LibsvmDialect(int base, int features, boolean skipsGroups) implements Serializable {
    /** Returns the same dialect with another F. */
    LibsvmDialect withFeatures(int other) {
        return new LibsvmDialect(base, other, skipsGroups);
    }
}
