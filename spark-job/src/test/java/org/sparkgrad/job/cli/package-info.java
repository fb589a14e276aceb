/** Tests of the commands. */
@NullMarked
package org.sparkgrad.job.cli;

import org.jspecify.annotations.NullMarked;
