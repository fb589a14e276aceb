/** Tests of what a run says and leaves. */
@NullMarked
package org.sparkgrad.job.report;

import org.jspecify.annotations.NullMarked;
