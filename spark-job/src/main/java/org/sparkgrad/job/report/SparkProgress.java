package org.sparkgrad.job.report;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkContext;
import org.apache.spark.metrics.source.Source;
import org.sparkgrad.job.exchange.Traffic;

/**
 * Progress for those who watch Spark: a {@link TrainingEvent} a second for its listeners, and a source {@code sparkgrad} for
 * its metrics sinks, with the workers that there are at the start. Passes everything on.
 */
public final class SparkProgress implements Progress, Source, AutoCloseable {
    private static final long SECOND = 1_000_000_000;

    private final SparkContext spark;
    private final Progress progress;
    private final Supplier<Traffic> traffic;
    private final MetricRegistry metrics = new MetricRegistry();
    private volatile ProgressStep last = new ProgressStep(0, 0, 0, 0, 0, 0, 0);
    private long posted;

    /**
     * Registers the source.
     *
     * @param progress hears everything, too
     * @param traffic tells of the exchange
     */
    public SparkProgress(SparkContext spark, Progress progress, Supplier<Traffic> traffic) {
        this.spark = spark;
        this.progress = progress;
        this.traffic = traffic;
        this.posted = System.nanoTime();
        gauge("step", step -> step.step());
        gauge("objective", ProgressStep::objective);
        gauge("rowsPerSecond", ProgressStep::rowsPerSecond);
        gauge("bytesToWorkers", step -> traffic.get().bytesOut());
        gauge("bytesFromWorkers", step -> traffic.get().bytesIn());
        for (int worker = 0; worker < traffic.get().workers().size(); worker++) {
            int w = worker;
            gauge(
                    "worker." + w + ".computeSeconds",
                    step -> traffic.get().workers().get(w).computeSeconds());
            gauge(
                    "worker." + w + ".waitSeconds",
                    step -> traffic.get().workers().get(w).waitSeconds());
        }
        spark.env().metricsSystem().registerSource(this);
    }

    private void gauge(String name, ToDoubleFunction<ProgressStep> value) {
        metrics.register(name, (Gauge<Double>) () -> value.applyAsDouble(last));
    }

    @Override
    public String sourceName() {
        return "sparkgrad";
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

    /** Takes the source away. */
    @Override
    public void close() {
        if (!spark.isStopped()) {
            spark.env().metricsSystem().removeSource(this);
        }
    }
}
