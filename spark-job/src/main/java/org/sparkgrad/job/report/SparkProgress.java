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
 * Progress for those who watch Spark: a {@link TrainingEvent} a second for its listeners, and a source {@code sparkgrad} for
 * its metrics sinks, with the workers that there are at the start. It is the only source of that name: Spark removes
 * gauges by the name of their source, so a second one would remove these. The last values stay after the training, for
 * sinks that report when Spark stops, until the next training takes the name. Passes everything on.
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
     * @param progress hears everything, too
     * @param traffic tells of the exchange
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

    /** Keeps the last values and lets the exchange go. */
    @Override
    public void close() {
        ExchangeStatistics all = traffic.get();
        traffic = () -> all;
    }
}
