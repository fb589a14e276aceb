/** What a run says: progress lines, summary.json and report.html; and the folder that these are in. Next: {@code registry}. */
@NullMarked
package org.sparkgrad.job.report;

import org.jspecify.annotations.NullMarked;
