package org.sparkgrad.job.spark.version;

import java.io.Serializable;
import org.apache.spark.rdd.PartitionCoalescer;

/** A coalescer that Spark accepts: it asks for its Scala's Serializable. */
public interface SerializableCoalescer extends PartitionCoalescer, Serializable {}
