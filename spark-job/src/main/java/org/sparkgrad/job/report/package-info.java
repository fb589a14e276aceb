/** What a run says: progress lines and summary.json. */
@NullMarked
package org.sparkgrad.job.report;

import org.jspecify.annotations.NullMarked;
