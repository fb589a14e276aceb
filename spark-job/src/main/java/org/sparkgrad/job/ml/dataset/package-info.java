/**
 * The rows of a Dataset: checked as MLlib checks them, counted, and read as instances.
 */
@NullMarked
package org.sparkgrad.job.ml.dataset;

import org.jspecify.annotations.NullMarked;
