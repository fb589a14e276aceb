package org.sparkgrad.job.report;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.sparkgrad.job.exchange.ExchangeStatistics;
import scala.collection.JavaConverters;

/**
 * Reports progress to Spark: a {@link TrainingEvent} per second to its listeners, and a metrics source
 * {@code sparkgrad} for its sinks, with the workers at the start of the training. There is only one source of this name
 * at a time, because Spark removes gauges by the name of their source, so a second source would remove the gauges of
 * the first. After the training, the last values stay for sinks that report when Spark stops, until the next training
 * registers its source. All progress is also forwarded.
 */
public final class SparkProgress implements Progress, Source, AutoCloseable {
    private static final String NAME = "sparkgrad";
    private static final long SECOND = 1_000_000_000;

    private final SparkContext spark;
    private final Progress progress;
    private volatile Supplier<ExchangeStatistics> traffic;
    private final MetricRegistry metrics = new MetricRegistry();
    private volatile ProgressStep last = new ProgressStep(0, 0, 0, 0, 0, 0, 0);
    private long posted;

    /**
     * Registers the source.
     *
     * @param progress receives all progress, too
     * @param traffic returns the statistics of the exchange
     */
    public SparkProgress(SparkContext spark, Progress progress, Supplier<ExchangeStatistics> traffic) {
        this.spark = spark;
        this.progress = progress;
        this.traffic = traffic;
        this.posted = System.nanoTime();
        gauge("step", ProgressStep::step);
        gauge("epoch", ProgressStep::epoch);
        gauge("objective", ProgressStep::objective);
        gauge("rowsPerSecond", ProgressStep::rowsPerSecond);
        gauge("bytesToWorkers", step -> this.traffic.get().bytesOut());
        gauge("bytesFromWorkers", step -> this.traffic.get().bytesIn());
        for (int worker = 0; worker < traffic.get().workers().size(); worker++) {
            int w = worker;
            gauge(
                    "worker." + w + ".computeSeconds",
                    step -> this.traffic.get().workers().get(w).computeSeconds());
            gauge(
                    "worker." + w + ".waitSeconds",
                    step -> this.traffic.get().workers().get(w).waitSeconds());
        }
        register(spark.env().metricsSystem());
    }

    private void register(MetricsSystem system) {
        for (Source earlier : JavaConverters.seqAsJavaList(system.getSourcesByName(NAME))) {
            system.removeSource(earlier);
        }
        system.registerSource(this);
    }

    private void gauge(String name, ToDoubleFunction<ProgressStep> value) {
        metrics.register(name, (Gauge<Double>) () -> value.applyAsDouble(last));
    }

    @Override
    public String sourceName() {
        return NAME;
    }

    @Override
    public MetricRegistry metricRegistry() {
        return metrics;
    }

    @Override
    public void note(String line) {
        progress.note(line);
    }

    @Override
    public void warn(String line) {
        progress.warn(line);
    }

    @Override
    public void step(ProgressStep step) {
        last = step;
        if (System.nanoTime() - posted > SECOND) {
            post();
        }
        progress.step(step);
    }

    @Override
    public void done() {
        post();
        progress.done();
    }

    private void post() {
        posted = System.nanoTime();
        ProgressStep step = last;
        spark.listenerBus().post(new TrainingEvent(step.step(), step.objective(), step.rowsPerSecond(), traffic.get()));
    }

    /** Keeps the last values and releases the exchange. */
    @Override
    public void close() {
        ExchangeStatistics all = traffic.get();
        traffic = () -> all;
    }
}
