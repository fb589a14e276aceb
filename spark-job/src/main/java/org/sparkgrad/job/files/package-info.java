/**
 * Files that appear whole, under a name that only one writer gets, on any Hadoop file system, and the lock that
 * consists of such files. Other packages decide the content of the files.
 *
 * <ul>
 *   <li><b>One primitive.</b> {@code StoredFiles.createNew} makes a file appear whole under a name that one writer
 *       alone gets: a link on local disks, a rename that does not overwrite on HDFS. Files are numbered, and the
 *       greatest number is valid ({@code NumberedFiles}). Nothing that a reader depends on is overwritten, so no file
 *       system needs an atomic overwrite.
 *   <li><b>The lock</b> ({@code RunLock}, of a registry's model and of {@code OUTPUT.running}) is the file of the
 *       greatest number, with its owner. Beside it the owner writes its stage again and again.
 *   <li>If the owner has this machine's boot and process namespace, the process decides: it is found by its number and
 *       its start, in ticks since the boot, which no change of the clock moves. A process that runs keeps its lock; for
 *       a process that has ended there is no waiting.
 *   <li>For other owners the age of the last sign decides ({@code LockHeartbeats}). The age is a difference of times of
 *       one file system, so clocks of hosts may differ. An age beyond the expiry, or below 0, is accepted only after
 *       three periods without a sign by the local process's own time, so clocks may be set.
 *   <li>A process that creates a number checks the owner again before: meanwhile the folder of an OUTPUT may have
 *       become another folder. An owner that was suspended for too long finds the greater number before it publishes or
 *       promotes.
 *   <li><b>No checksums.</b> Local files are written without Hadoop's checksums, which are files of their own. If a
 *       checksum file does not fit on the disk, the file itself stays open, and its space stays used after the file is
 *       removed.
 *   <li><b>No processes.</b> Hadoop starts {@code chmod} for each local file that is created with permissions, so files
 *       get those of the umask ({@code NewFile}).
 *   <li><b>Durable.</b> {@code DurableFiles} forces what a restart needs to the disk, the file and its name in the
 *       folder: checkpoints, versions, numbered files.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.files;

import org.jspecify.annotations.NullMarked;
