package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * How the values of some columns are distributed; part of {@code profile.json}, and {@code scores.json} in a version.
 *
 * @param names of the columns
 * @param edges of each: bin i has the values above edge i - 1, up to edge i
 * @param counts rows in each bin, one more than edges
 */
record Histograms(List<String> names, List<List<Double>> edges, List<List<Long>> counts) {
    /** Of wider tables the first columns only: every column has counts in every task, and on the driver. */
    static final int MOST_COLUMNS = 10_000;

    /**
     * Returns the distributions of a table, in bins of its own.
     *
     * @param rows of all its parts
     * @param names of its columns
     */
    static Histograms of(JavaRDD<? extends HistogramRows> table, long rows, List<String> names) {
        int columns = Math.min(MOST_COLUMNS, names.size());
        BinEdges bins = BinEdges.ofTenths(table, rows, columns);
        long[][] counts = bins.count(table);
        List<List<Double>> edges = new ArrayList<>();
        List<List<Long>> lists = new ArrayList<>();
        for (int j = 0; j < columns; j++) {
            edges.add(Arrays.stream(bins.edges(j)).boxed().toList());
            lists.add(Arrays.stream(counts[j]).boxed().toList());
        }
        return new Histograms(List.copyOf(names.subList(0, columns)), edges, lists);
    }

    /** Returns the distributions of another table in the bins of this one, of the columns that both have. */
    Histograms sameOf(JavaRDD<? extends HistogramRows> table, List<String> columns) {
        Map<String, Integer> places = places();
        int width = Math.min(MOST_COLUMNS, columns.size());
        double[][] bins = new double[width][];
        for (int j = 0; j < width; j++) {
            Integer place = places.get(columns.get(j));
            bins[j] = place == null
                    ? null
                    : edges.get(place).stream().mapToDouble(Double::doubleValue).toArray();
        }
        long[][] counted = new BinEdges(bins).count(table);
        List<String> both = new ArrayList<>();
        List<List<Double>> sameEdges = new ArrayList<>();
        List<List<Long>> lists = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            Integer place = places.get(columns.get(j));
            if (place != null) {
                both.add(columns.get(j));
                sameEdges.add(edges.get(place));
                lists.add(Arrays.stream(counted[j]).boxed().toList());
            }
        }
        return new Histograms(both, sameEdges, lists);
    }

    /**
     * Compares each column of another table, in bins of this one, with the column of the same name here.
     *
     * @param probability that any of the statistics exceeds its noise where nothing has changed: each gets an equal part
     *     (Bonferroni)
     */
    List<Shift> shiftsTo(Histograms now, double probability) {
        Map<String, Integer> places = places();
        double each = probability / (2 * Math.max(1, now.names.size()));
        List<Shift> shifts = new ArrayList<>();
        for (int j = 0; j < now.names.size(); j++) {
            String name = now.names.get(j);
            Integer place = places.get(name);
            if (place == null) {
                continue;
            }
            long[] before = counts(place);
            long[] after = now.counts(j);
            if (Arrays.stream(before).sum() > 0 && Arrays.stream(after).sum() > 0) {
                shifts.add(new Shift(name, Divergence.between(before, after, each)));
            }
        }
        return shifts;
    }

    private long[] counts(int column) {
        return counts.get(column).stream().mapToLong(Long::longValue).toArray();
    }

    private Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (int j = 0; j < names.size(); j++) {
            places.put(names.get(j), j);
        }
        return places;
    }
}
