/**
 * Files that appear whole and under a name that one writer gets, on any Hadoop file system, and the lock that is made of
 * them. Other packages say what goes into the files.
 */
@NullMarked
package org.sparkgrad.job.files;

import org.jspecify.annotations.NullMarked;
