/**
 * Failures and the exit codes that they mean; every other package may throw them.
 *
 * <ul>
 *   <li>The reader or {@code Assembly} refuses what can be refused, before work begins. A {@code JobException} has the
 *       exit code; its message names the place and what to do.
 *   <li>{@code Problem} finds a {@code JobException} in the causes that Spark wraps around it, or in the text of a
 *       task's failure. {@code UnreadableFile} rewrites Spark's messages about files that it cannot read. Other I/O
 *       errors end with 4.
 *   <li>{@code Problem.ofTheMachine} comes before every message about a file: it recognises missing memory, a stop and
 *       a full disk ({@code DiskFull}, which also checks the folders for temporary files). A task without memory does
 *       not end a local JVM ({@code spark.executor.killOnFatalError.depth}), so the failure reaches the user.
 *   <li>Messages that repeat cells are cut ({@code ShortenedText}), in one place: {@code JobException}.
 *   <li>Other packages describe the rest: files and text in {@code read}, features that cannot be scaled in
 *       {@code shard}, diverged trainings in {@code train}, folders in {@code output}.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.problem;

import org.jspecify.annotations.NullMarked;
