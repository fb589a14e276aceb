/**
 * Settings as checked records, and where they come from: defaults, then a HOCON file, then the command line. All
 * problems are reported at once. Next: {@code read}.
 */
@NullMarked
package org.sparkgrad.job.config;

import org.jspecify.annotations.NullMarked;
