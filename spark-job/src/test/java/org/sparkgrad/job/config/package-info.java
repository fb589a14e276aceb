/** Tests of the settings. */
@NullMarked
package org.sparkgrad.job.config;

import org.jspecify.annotations.NullMarked;
