/**
 * The classes that exist once for each Spark, since its API or its Scala's differs: sources in {@code src/spark-3} are
 * compiled with Spark 3.5 and those in {@code src/spark-4}, under the same names, with Spark 4 (the profile
 * {@code spark-4}). In: what the rooms ask of Spark. Out: the same answers on each. Next:
 * {@code spark}.
 */
@NullMarked
package org.sparkgrad.job.spark.version;

import org.jspecify.annotations.NullMarked;
