/**
 * One model from the rows of a Dataset, and the blocks that several such fits share.
 */
@NullMarked
package org.sparkgrad.job.ml.fit;

import org.jspecify.annotations.NullMarked;
