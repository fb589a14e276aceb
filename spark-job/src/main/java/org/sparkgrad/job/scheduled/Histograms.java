package org.sparkgrad.job.scheduled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;

/**
 * The distributions of the values of some columns; part of {@code profile.json}, and {@code scores.json} in a version.
 *
 * @param names the names of the columns
 * @param edges the edges of each column: bin i contains the values above edge i - 1 and up to edge i
 * @param counts the number of rows in each bin; there is one bin more than edges
 */
record Histograms(List<String> names, List<List<Double>> edges, List<List<Long>> counts) {
    /**
     * Wider tables have histograms of their first columns only, because each task and the driver hold counts for every
     * column.
     */
    static final int MOST_COLUMNS = 10_000;

    /**
     * Returns the distributions of a table, in bins chosen from the table.
     *
     * @param rows the number of rows of all parts
     * @param names the names of the columns
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

    /** Returns the distributions of another table in the bins of these histograms, for the columns that both have. */
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
     * Compares each column of another table, counted in the bins of these histograms, with the column of the same name
     * here.
     *
     * @param probability the probability that any statistic exceeds its noise without a change; each statistic gets an
     *     equal part (Bonferroni)
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
