/** Data of our own making, for demonstrations and tests: a seed and a row number to a row, and rows to files. */
@NullMarked
package org.sparkgrad.job.generate;

import org.jspecify.annotations.NullMarked;
