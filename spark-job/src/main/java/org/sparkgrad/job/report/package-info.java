/**
 * Reports of a run: progress lines, the metrics table, summary.json and report.html. Next: {@code registry}.
 *
 * <ul>
 *   <li>{@code report.html} is a template with its style, its script, Chart.js and the run's data inlined; a content
 *       security policy forbids everything else. {@code curves.json} has what the page draws beside the summary.
 *   <li>To add a part of the page, write it in {@code report.js}, from what {@code ReportPage} puts into the page.
 *   <li>Spark removes the gauges of a metrics source by the source's name, so {@code SparkProgress} is the only source
 *       with the name sparkgrad.
 * </ul>
 */
@NullMarked
package org.sparkgrad.job.report;

import org.jspecify.annotations.NullMarked;
