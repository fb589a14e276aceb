/**
 * How the jobs of this program use Spark's session. In: RDDs of this program's classes. Out: values, and RDDs whose
 * elements any serializer of Spark takes. The session may be a user's, with other jobs and other settings. Next:
 * {@code config}.
 *
 * <ul>
 *   <li><b>Serializer.</b> Kryo cannot write records, and with {@code spark.kryo.registrationRequired} it writes
 *       registered classes only. So results of tasks, persisted elements, elements of shuffles and broadcasts travel as
 *       {@code JavaSerialized} inside {@code SerializableWritable}, for which Spark registers Java's serialization with
 *       Kryo. {@code ShortJobs} and {@code PersistedRdd} do this; call {@code collect} or {@code persist} directly only
 *       for strings and numbers. With registrationRequired, MLlib's own fit and Spark's reader of Parquet fail; fits of
 *       this program work.
 *   <li><b>Cancelling.</b> All jobs of a fit have the caller's group, description, tags, pool and local properties:
 *       threads that a fit starts inherit them. {@code JobScope} adds a tag of the fit. A fit that fails or is
 *       interrupted cancels its remaining jobs by that tag, because Spark does not stop a job whose thread is
 *       interrupted. The job of a stage has one more tag, by which the exchange cancels it before a new launch.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.spark;

import org.jspecify.annotations.NullMarked;
