package org.sparkgrad.job.scheduled;

import java.io.Serializable;
import java.util.Arrays;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaRDD;
import org.sparkgrad.job.spark.ShortJobs;

/**
 * The bins of some columns of a table. Bin i of a column contains the values above edge i - 1 and up to edge i. Counts
 * are sums of whole numbers, so they do not depend on the order in which parts of the table are counted.
 */
final class BinEdges implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int TENTHS = 10;
    private static final int MOST_SAMPLED = 2048;
    private static final int LEAST_SAMPLED = 256;
    private static final int MOST_CELLS = 1 << 22;
    private static final int DEPTH = 2;

    /** The edges of each column; null for a column that is not counted. */
    private final double[][] edges;

    /** @param edges the ascending edges of each column; null for a column that is not counted */
    BinEdges(double[][] edges) {
        this.edges = edges;
    }

    /**
     * Chooses edges at the tenths of about 2,000 rows, or of fewer rows for a table with many columns. A value that
     * more than a twentieth of these rows have gets its own bin.
     *
     * @param table the parts of the table. Every k-th row of each part is used, so the edges are a function of the
     *     parts
     * @param rows the number of rows of all parts
     * @param columns the number of columns, the first of the table, that get bins
     */
    static BinEdges ofTenths(JavaRDD<? extends HistogramRows> table, long rows, int columns) {
        int most = Math.max(LEAST_SAMPLED, Math.min(MOST_SAMPLED, MOST_CELLS / Math.max(1, columns)));
        long step = Math.max(1, (rows + most - 1) / most);
        double[][] sampled =
                ShortJobs.collect(table.map(part -> sample(part, (int) Math.min(step, Integer.MAX_VALUE), columns)))
                        .stream()
                        .flatMap(Arrays::stream)
                        .toArray(double[][]::new);
        double[][] edges = new double[columns][];
        double[] column = new double[sampled.length];
        for (int j = 0; j < columns; j++) {
            for (int row = 0; row < sampled.length; row++) {
                column[row] = sampled[row][j];
            }
            Arrays.sort(column);
            edges[j] = tenths(column);
        }
        return new BinEdges(edges);
    }

    private static double[][] sample(HistogramRows part, int step, int columns) {
        int count = (part.rows() + step - 1) / step;
        double[][] sample = new double[count][columns];
        int taken = 0;
        for (int i = 0; i < count; i++) {
            if (part.counts(i * step)) {
                double[] row = sample[taken++];
                part.forEach(i * step, (j, value) -> {
                    if (j < columns) {
                        row[j] = value + 0.0; // -0.0 is 0
                    }
                });
            }
        }
        return Arrays.copyOf(sample, taken);
    }

    private static double[] tenths(double[] sorted) {
        TreeSet<Double> edges = new TreeSet<>();
        int often = Math.max(1, sorted.length / (2 * TENTHS));
        for (int tenth = 1; tenth < TENTHS && sorted.length > 0; tenth++) {
            double value = sorted[(int) ((long) tenth * sorted.length / TENTHS)];
            if (timesOf(value, sorted) > often) {
                edges.add(Math.nextDown(value));
            }
            edges.add(value);
        }
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static int timesOf(double value, double[] sorted) {
        int place = Arrays.binarySearch(sorted, value);
        int first = place;
        int last = place;
        while (first > 0 && sorted[first - 1] == value) {
            first--;
        }
        while (last + 1 < sorted.length && sorted[last + 1] == value) {
            last++;
        }
        return last - first + 1;
    }

    /** Returns the edges of a column. */
    double[] edges(int column) {
        return edges[column];
    }

    /** Counts the rows of a table in the bins of each column; null for columns that are not counted. */
    long[][] count(JavaRDD<? extends HistogramRows> table) {
        return ShortJobs.treeReduce(table.map(this::count), BinEdges::add, DEPTH);
    }

    private long[][] count(HistogramRows part) {
        long[][] counts = new long[edges.length][];
        for (int j = 0; j < edges.length; j++) {
            counts[j] = edges[j] == null ? null : new long[edges[j].length + 1];
        }
        long[] active = new long[edges.length];
        long rows = 0;
        for (int row = 0; row < part.rows(); row++) {
            if (part.counts(row)) {
                rows++;
                part.forEach(row, (j, value) -> {
                    if (j < counts.length && counts[j] != null) {
                        counts[j][bin(edges[j], value)]++;
                        active[j]++;
                    }
                });
            }
        }
        for (int j = 0; j < counts.length; j++) {
            if (counts[j] != null) {
                counts[j][bin(edges[j], 0)] += rows - active[j];
            }
        }
        return counts;
    }

    private static int bin(double[] edges, double value) {
        int place = Arrays.binarySearch(edges, value + 0.0); // -0.0 is 0
        return place < 0 ? -place - 1 : place;
    }

    private static long[][] add(long[][] left, long[][] right) {
        for (int j = 0; j < left.length; j++) {
            for (int bin = 0; left[j] != null && bin < left[j].length; bin++) {
                left[j][bin] += right[j][bin];
            }
        }
        return left;
    }
}
