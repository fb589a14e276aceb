package org.sparkgrad.job.benchmark;

import java.io.IOException;
import java.util.List;

/**
 * The suite {@code predict}, a JVM for each case: files read, scored and written, after Spark has started.
 *
 * <p>Systems: sparkgrad (what the command predict does), mllib (the same saved model by stock Spark, which writes the same
 * columns; CSV with inferred types), mllib-schema (CSV alone: with types that somebody has written down). Metrics:
 * seconds; processorSeconds of the whole JVM.
 */
public final class PredictSuite {
    private static final List<String> CASES = List.of("parquet-2000000x100", "csv-200000x100");
    private static final List<String> SYSTEMS = List.of("sparkgrad", "mllib", "mllib-schema");

    private PredictSuite() {}

    /** Takes --cases, --systems and --json. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.exit(SuiteProcess.run("predict", PredictRun.class, List.of(arguments), CASES, SYSTEMS) ? 0 : 1);
    }
}
