package org.sparkgrad.job.spark.version;

import org.apache.spark.rdd.PartitionCoalescer;
import scala.Serializable;

/** A coalescer that Spark accepts: it asks for its Scala's Serializable. */
public interface SerializableCoalescer extends PartitionCoalescer, Serializable {}
