package org.sparkgrad.job.evaluate;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import org.sparkgrad.job.shard.ShardRows;

/**
 * The weights of both classes at each score of some rows. Scores ascend, and each occurs once. Runs of shards are
 * merged along the tree, so weights of equal scores are always added in the same order. The run uses arrays instead of
 * objects: a row takes 24 bytes, and millions of rows are sorted in a second.
 */
final class RankRun implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int PARTS = 3;

    private final double[] scores;
    private final double[] positives;
    private final double[] negatives;

    private RankRun(double[] scores, double[] positives, double[] negatives) {
        this.scores = scores;
        this.positives = positives;
        this.negatives = negatives;
    }

    /**
     * Returns the run of a shard.
     *
     * @param scoreOfRow the margin in favour of class 1, by row
     */
    static RankRun of(ShardRows rows, double[] scoreOfRow) {
        RankRun run = sized(scoreOfRow.length);
        int count = 0;
        for (int row : order(scoreOfRow)) {
            double score = scoreOfRow[row] + 0.0; // -0.0 and 0.0 become one score
            if (count == 0 || Double.compare(score, run.scores[count - 1]) != 0) {
                run.scores[count++] = score;
            }
            double[] weights = rows.label(row) == 1 ? run.positives : run.negatives;
            weights[count - 1] += rows.weight(row);
        }
        return run.between(0, count);
    }

    /**
     * Returns the rows by ascending score, rows of one score by number. The lowest bits of a score are replaced by the
     * row, so that numbers can be sorted instead of objects; the few rows whose other bits are equal are sorted again.
     */
    private static int[] order(double[] scoreOfRow) {
        int rows = scoreOfRow.length;
        int bits = Long.SIZE - Long.numberOfLeadingZeros(rows);
        long[] tagged = new long[rows];
        for (int row = 0; row < rows; row++) {
            tagged[row] = ascending(scoreOfRow[row]) >> bits << bits | row;
        }
        Arrays.sort(tagged);
        int[] order = new int[rows];
        int start = 0;
        for (int i = 0; i < rows; i++) {
            order[i] = (int) (tagged[i] & ((1L << bits) - 1));
            if (i + 1 == rows || tagged[i] >> bits != tagged[i + 1] >> bits) {
                sort(scoreOfRow, order, start, i + 1);
                start = i + 1;
            }
        }
        return order;
    }

    /** Returns a number that compares with others as the score does; zeros of both signs have the same. */
    private static long ascending(double score) {
        long bits = Double.doubleToLongBits(score + 0.0);
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    /** Sorts rows that are in the order of their numbers by score. */
    private static void sort(double[] scoreOfRow, int[] order, int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (ascending(scoreOfRow[order[i]]) < ascending(scoreOfRow[order[i - 1]])) {
                Integer[] alike = Arrays.stream(order, from, to).boxed().toArray(Integer[]::new);
                Arrays.sort(alike, Comparator.comparingLong(row -> ascending(scoreOfRow[row]))); // stable
                for (int j = from; j < to; j++) {
                    order[j] = alike[j - from];
                }
                return;
            }
        }
    }

    /** Returns the merge of this run with the run of the shards to the right. */
    RankRun merge(RankRun right) {
        RankRun merged = sized(size() + right.size());
        int count = 0;
        for (int i = 0, j = 0; i < size() || j < right.size(); count++) {
            int order = i == size() ? 1 : j == right.size() ? -1 : Double.compare(scores[i], right.scores[j]);
            if (order <= 0) {
                merged.add(count, this, i++);
            }
            if (order >= 0) {
                merged.add(count, right, j++);
            }
        }
        return merged.between(0, count);
    }

    private static RankRun sized(int size) {
        return new RankRun(new double[size], new double[size], new double[size]);
    }

    private void add(int place, RankRun from, int i) {
        scores[place] = from.scores[i];
        positives[place] += from.positives[i];
        negatives[place] += from.negatives[i];
    }

    /** Returns the part of the run from one index to before another. */
    private RankRun between(int from, int to) {
        return new RankRun(
                Arrays.copyOfRange(scores, from, to),
                Arrays.copyOfRange(positives, from, to),
                Arrays.copyOfRange(negatives, from, to));
    }

    /**
     * Splits the run: the scores below the first bound, from there to below the second bound, and so on.
     *
     * @param bounds the ascending bounds
     */
    RankRun[] split(double[] bounds) {
        RankRun[] parts = new RankRun[bounds.length + 1];
        int from = 0;
        for (int part = 0; part < bounds.length; part++) {
            int at = Arrays.binarySearch(scores, bounds[part]);
            int to = Math.max(from, at < 0 ? -at - 1 : at);
            parts[part] = between(from, to);
            from = to;
        }
        parts[bounds.length] = between(from, size());
        return parts;
    }

    /** Returns the given number of scores, evenly spread; fewer if the run has fewer. */
    double[] sample(int count) {
        int taken = Math.min(count, size());
        double[] sample = new double[taken];
        for (int i = 0; i < taken; i++) {
            sample[i] = scores[(int) ((i + 0.5) * size() / taken)];
        }
        return sample;
    }

    /** Returns the number of scores. */
    int size() {
        return scores.length;
    }

    /** Returns a score; the lowest score has index 0. */
    double score(int i) {
        return scores[i];
    }

    /** Returns the weight of class 1 at a score. */
    double positives(int i) {
        return positives[i];
    }

    /** Returns the weight of class 0 at a score. */
    double negatives(int i) {
        return negatives[i];
    }

    /** Java's serializer writes one array of bytes at memory speed, and arrays of numbers far more slowly. */
    private Object writeReplace() {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(PARTS * Double.BYTES, size()));
        bytes.asDoubleBuffer().put(scores).put(positives).put(negatives);
        return new Packed(bytes.array());
    }

    /** The bytes of a run: scores, positives, negatives. */
    private static final class Packed implements Serializable {
        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Packed(byte[] bytes) {
            this.bytes = bytes;
        }

        private Object readResolve() {
            RankRun run = sized(bytes.length / (PARTS * Double.BYTES));
            ByteBuffer.wrap(bytes)
                    .asDoubleBuffer()
                    .get(run.scores)
                    .get(run.positives)
                    .get(run.negatives);
            return run;
        }
    }
}
