package org.sparkgrad.job.benchmark;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.sparkgrad.job.TestSpark;

/**
 * One system of a case of {@link IngestSuite} in this JVM: {@code IngestRun CASE SYSTEM FOLDER WARM}. The first turn is
 * cold; WARM turns follow. Prints a line {@code METRIC UNIT VALUE} for each number.
 */
public final class IngestRun {
    private static final double NANOS = 1e9;
    private static final double MIB = 1 << 20;

    private final PrintStream out;
    private final SparkSession spark;
    private final IngestSystem reader;

    private IngestRun(PrintStream out, SparkSession spark, IngestSystem reader) {
        this.out = out;
        this.spark = spark;
        this.reader = reader;
    }

    /** Measures. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        IngestCase data = IngestCase.parse(arguments[0]);
        Path folder = data.folder(Path.of(arguments[2]));
        try (SparkSession spark = TestSpark.cluster(
                data.cluster() ? "local-cluster[2,1,5120]" : "local[*]",
                Map.of(
                        "spark.executor.memory",
                        "4g",
                        TestSpark.EXECUTOR_OPTIONS,
                        "-Xss8m",
                        "spark.executor.metrics.pollingInterval",
                        "50",
                        "spark.scheduler.minRegisteredResourcesRatio",
                        "1.0",
                        "spark.serializer.objectStreamReset",
                        "1"))) {
            IngestRun run = new IngestRun(out, spark, new IngestSystem(data, folder, spark));
            String system = arguments[1];
            double idle = ProcessTree.peakMemory();
            run.turn(system, "cold");
            run.print("peakMemory", "MiB", (ProcessTree.peakMemory() - idle) / MIB);
            for (int turn = 0; turn < Integer.parseInt(arguments[3]); turn++) {
                run.turn(system, "");
            }
        }
    }

    private void turn(String system, String prefix) throws Exception {
        TaskTotals tasks = new TaskTotals();
        spark.sparkContext().addSparkListener(tasks);
        double used = ProcessTree.processorSeconds();
        long start = System.nanoTime();
        AutoCloseable held = reader.read(system);
        double seconds = (System.nanoTime() - start) / NANOS;
        double processor = ProcessTree.processorSeconds() - used;
        held.close();
        print(prefix + "Seconds", "s", seconds);
        print(prefix + "ProcessorSeconds", "s", processor);
        spark.sparkContext().listenerBus().waitUntilEmpty();
        spark.sparkContext().removeSparkListener(tasks);
        print(prefix + "PeakHeap", "MiB", tasks.peakHeap() / MIB);
        print(prefix + "Shuffled", "MiB", tasks.shuffled() / MIB);
    }

    private void print(String metric, String unit, double value) {
        out.printf(
                Locale.ROOT,
                "%s%s %s %.6g%n",
                metric.substring(0, 1).toLowerCase(Locale.ROOT),
                metric.substring(1),
                unit,
                value);
    }
}
