package org.sparkgrad.gpu.benchmark;

import java.util.List;
import java.util.Locale;

/** What one system did in one case, over several runs. */
record Measurement(
        String benchmarkCase,
        String system,
        String metric,
        String unit,
        double median,
        double min,
        double max,
        int runs) {
    static Measurement of(String benchmarkCase, String system, String metric, String unit, List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Measurement(
                benchmarkCase,
                system,
                metric,
                unit,
                median,
                sorted.get(0),
                sorted.get(sorted.size() - 1),
                sorted.size());
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"suite\": \"engines\", \"case\": \"%s\", \"system\": \"%s\", \"metric\": \"%s\", \"unit\": \"%s\","
                        + " \"median\": %.6g, \"min\": %.6g, \"max\": %.6g, \"runs\": %d}",
                benchmarkCase,
                system,
                metric,
                unit,
                median,
                min,
                max,
                runs);
    }
}
