package org.sparkgrad.job.shard;

import java.util.Arrays;
import java.util.Comparator;
import org.sparkgrad.job.assemble.RowBatch;

/** The order of a shard's rows: by unsigned key, and by content for equal keys. */
final class KeyOrder {
    /** The largest number of keys that are sorted by insertion together. */
    private static final int MOST_ALIKE = 32;

    /** The logarithm of the largest number of ranges of keys. */
    private static final int MOST_BITS = 24;

    private KeyOrder() {}

    /** Returns the places of all rows. The upper half of a place is the pack, the lower half the row. */
    static long[] places(RowBatch... packs) {
        long[] places = new long[Arrays.stream(packs).mapToInt(RowBatch::rows).sum()];
        int next = 0;
        for (int p = 0; p < packs.length; p++) {
            for (int r = 0; r < packs[p].rows(); r++) {
                places[next++] = (long) p << 32 | r;
            }
        }
        return places;
    }

    /** Returns whether keys ascend. */
    static boolean isSorted(long[] keys) {
        for (int i = 1; i < keys.length; i++) {
            if (Long.compareUnsigned(keys[i - 1], keys[i]) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the indices of the given places in the order of their rows. */
    static int[] of(RowBatch[] packs, long[] places) {
        long[] keys = new long[places.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = packs[(int) (places[i] >>> 32)].ids()[(int) places[i]];
        }
        return of(keys, (a, b) -> compare(packs, places[a], places[b]));
    }

    /** Returns the indices of keys in the order of the keys; equal keys stay in their order. */
    static int[] of(long[] keys) {
        return of(keys, (a, b) -> Long.compareUnsigned(keys[a], keys[b]));
    }

    /** @param compare compares the rows of two keys, by key first */
    private static int[] of(long[] keys, Comparator<Integer> compare) {
        int rows = keys.length;
        long[] tagged = new long[rows];
        int bits = Long.SIZE - Long.numberOfLeadingZeros(rows);
        for (int i = 0; i < rows; i++) {
            tagged[i] = prefix(keys[i] ^ Long.MIN_VALUE, bits) | i;
        }
        // The lowest bits of a key are replaced by the row. This sort needs no objects, and few keys need a second
        // comparison.
        tagged = sorted(tagged);
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = (int) (tagged[i] & ~prefix(-1L, bits));
        }
        int start = 0;
        for (int i = 1; i <= rows; i++) {
            if (i == rows || prefix(tagged[i], bits) != prefix(tagged[start], bits)) {
                sort(compare, order, start, i);
                start = i;
            }
        }
        return order;
    }

    /**
     * Returns numbers in ascending order; the argument may change. Keys are evenly spread, so a number's place follows from
     * its size, up to a few places that a sort by insertion corrects. Numbers that are not evenly spread are sorted as Java
     * does.
     */
    static long[] sorted(long[] numbers) {
        long least = Arrays.stream(numbers).min().orElse(0);
        long span = Arrays.stream(numbers).max().orElse(0) - least; // without a sign
        int bits = Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(numbers.length));
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(span) - bits);
        int[] ends = new int[(1 << bits) + 1];
        int most = 0;
        for (long number : numbers) {
            most = Math.max(most, ++ends[(int) ((number - least) >>> shift) + 1]);
        }
        if (most > MOST_ALIKE) {
            Arrays.sort(numbers);
            return numbers;
        }
        for (int i = 1; i < ends.length; i++) {
            ends[i] += ends[i - 1];
        }
        long[] sorted = new long[numbers.length];
        for (long number : numbers) {
            sorted[ends[(int) ((number - least) >>> shift)]++] = number;
        }
        for (int i = 1; i < sorted.length; i++) {
            long number = sorted[i];
            int place = i;
            for (; place > 0 && sorted[place - 1] > number; place--) {
                sorted[place] = sorted[place - 1];
            }
            sorted[place] = number;
        }
        return sorted;
    }

    private static long prefix(long key, int bits) {
        return key >>> bits << bits;
    }

    private static void sort(Comparator<Integer> compare, int[] order, int from, int to) {
        if (to - from < 2) {
            return;
        }
        Integer[] alike = Arrays.stream(order, from, to).boxed().toArray(Integer[]::new);
        Arrays.sort(alike, compare);
        for (int i = from; i < to; i++) {
            order[i] = alike[i - from];
        }
    }

    private static int compare(RowBatch[] packs, long one, long other) {
        RowBatch a = packs[(int) (one >>> 32)];
        RowBatch b = packs[(int) (other >>> 32)];
        int order = Long.compareUnsigned(a.ids()[(int) one], b.ids()[(int) other]);
        return order != 0 ? order : RowBatch.compare(a, (int) one, b, (int) other);
    }
}
