package org.sparkgrad.job.report;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * Progress that is a source of Spark's metrics too: gauges sparkgrad.step, sparkgrad.epoch, sparkgrad.objective and
 * sparkgrad.rowsPerSecond of the driver, for whatever sink Spark is given. They are there from the first step on.
 */
public final class TrainingMetrics implements Progress, Source {
    private final Progress next;
    private final MetricRegistry registry = new MetricRegistry();
    private volatile @Nullable ProgressStep latest;

    /**
     * @param next hears the same
     */
    public TrainingMetrics(Progress next) {
        this.next = next;
        gauge("step", ProgressStep::step);
        gauge("epoch", ProgressStep::epoch);
        gauge("objective", ProgressStep::objective);
        gauge("rowsPerSecond", ProgressStep::rowsPerSecond);
    }

    private void gauge(String name, ToDoubleFunction<ProgressStep> value) {
        Gauge<Double> gauge = () -> {
            ProgressStep step = latest;
            return step == null ? Double.NaN : value.applyAsDouble(step);
        };
        registry.register(name, gauge);
    }

    @Override
    public String sourceName() {
        return "sparkgrad";
    }

    @Override
    public MetricRegistry metricRegistry() {
        return registry;
    }

    @Override
    public void note(String line) {
        next.note(line);
    }

    @Override
    public void step(ProgressStep step) {
        boolean first = latest == null;
        latest = step;
        if (first) {
            MetricsSystem metrics = SparkEnv.get().metricsSystem();
            metrics.removeSource(this); // by name: those of an earlier training in this JVM
            metrics.registerSource(this);
        }
        next.step(step);
    }

    @Override
    public void done() {
        next.done();
    }
}
