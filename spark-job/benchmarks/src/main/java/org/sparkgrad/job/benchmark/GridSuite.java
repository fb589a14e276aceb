package org.sparkgrad.job.benchmark;

import java.io.IOException;
import java.util.List;

/**
 * The suite {@code grid}, a JVM for each case: a cross-validation beside a single fit.
 *
 * <p>Systems: one-fit (the middle setting), grid (GpuCrossValidator), cv-stock (CrossValidator over the same estimator,
 * which fits the models one after the other). Metrics: seconds; sourcePasses, how often rows that are in no memory are
 * read; largestDifference, of a coefficient between the models of grid and cv-stock, where both are measured.
 */
public final class GridSuite {
    private static final List<String> CASES = List.of("dense-100000x1000-9x3");
    private static final List<String> SYSTEMS = List.of("one-fit", "grid", "cv-stock");

    private GridSuite() {}

    /** Takes --cases, --systems, --rounds and --json; ends with 1 if a case failed, after the others. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(SuiteProcess.run("grid", GridRun.class, List.of(arguments), CASES, SYSTEMS) ? 0 : 1);
    }
}
