/**
 * Models by name and version in a folder of any Hadoop file system: which version is promoted, what each run did, who
 * may run. In come whole outputs; out goes the folder of the promoted one. Next: {@code scheduled}.
 */
@NullMarked
package org.sparkgrad.job.registry;

import org.jspecify.annotations.NullMarked;
