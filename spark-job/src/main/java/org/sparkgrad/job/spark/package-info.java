/** How our jobs use Spark's session: in go RDDs of ours, out come values and RDDs whose elements any of its serializers takes. */
@NullMarked
package org.sparkgrad.job.spark;

import org.jspecify.annotations.NullMarked;
