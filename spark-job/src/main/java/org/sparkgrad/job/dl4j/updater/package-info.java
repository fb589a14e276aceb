/** ND4J's updaters behind our interface. */
@NullMarked
package org.sparkgrad.job.dl4j.updater;

import org.jspecify.annotations.NullMarked;
