/**
 * Models by name and version in a folder of any Hadoop file system: which version is promoted, what each run did, and
 * which run has the lock. In: whole outputs. Out: the folder of the promoted one. Next: {@code scheduled}.
 *
 * <ul>
 *   <li>The pointer to the promoted version, its history, the runs and the lock are folders of numbered files
 *       ({@code files.NumberedFiles}).
 *   <li>Moving the pointer is a compare-and-set. A run creates the number after the one that it has read, and only if
 *       the version that it was compared with is still promoted. So a run does not undo a rollback that was made during
 *       the run, and a rollback needs no lock.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.registry;

import org.jspecify.annotations.NullMarked;
