/**
 * Several models from one copy of the rows of a Dataset: maps of parameters, and folds.
 */
@NullMarked
package org.sparkgrad.job.ml.grid;

import org.jspecify.annotations.NullMarked;
