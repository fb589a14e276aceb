/** The only package that sees ND4J: its updaters behind our interface. */
@NullMarked
package org.sparkgrad.job.dl4j;

import org.jspecify.annotations.NullMarked;
