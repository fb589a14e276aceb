package org.sparkgrad.job.shard;

import java.util.Arrays;

/** The order of a shard's rows: by unsigned key, and by content for equal keys. */
final class KeyOrder {
    private KeyOrder() {}

    /** Returns the places of all rows in order. The upper half of a place is the pack, the lower half the row. */
    static long[] of(PackedRows... packs) {
        long[] places = new long[Arrays.stream(packs).mapToInt(PackedRows::rows).sum()];
        int next = 0;
        for (int p = 0; p < packs.length; p++) {
            for (int r = 0; r < packs[p].rows(); r++) {
                places[next++] = (long) p << 32 | r;
            }
        }
        return of(packs, places);
    }

    /** Returns the given places of rows in order. */
    static long[] of(PackedRows[] packs, long[] places) {
        int rows = places.length;
        long[] tagged = new long[rows];
        int bits = Long.SIZE - Long.numberOfLeadingZeros(rows);
        for (int i = 0; i < rows; i++) {
            long key = packs[(int) (places[i] >>> 32)].keys[(int) places[i]];
            tagged[i] = prefix(key ^ Long.MIN_VALUE, bits) | i;
        }
        // The lowest bits of a key are replaced by the row. This sort needs no objects, and few keys need a second
        // comparison.
        Arrays.sort(tagged);
        long[] order = new long[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = places[(int) (tagged[i] & ~prefix(-1L, bits))];
        }
        int start = 0;
        for (int i = 1; i <= rows; i++) {
            if (i == rows || prefix(tagged[i], bits) != prefix(tagged[start], bits)) {
                sort(packs, order, start, i);
                start = i;
            }
        }
        return order;
    }

    private static long prefix(long key, int bits) {
        return key >>> bits << bits;
    }

    private static void sort(PackedRows[] packs, long[] order, int from, int to) {
        if (to - from < 2) {
            return;
        }
        Long[] alike = Arrays.stream(order, from, to).boxed().toArray(Long[]::new);
        Arrays.sort(
                alike, (a, b) -> compare(packs[(int) (a >>> 32)], a.intValue(), packs[(int) (b >>> 32)], b.intValue()));
        for (int i = from; i < to; i++) {
            order[i] = alike[i - from];
        }
    }

    private static int compare(PackedRows a, int i, PackedRows b, int j) {
        int order = Long.compareUnsigned(a.keys[i], b.keys[j]);
        return order != 0 ? order : PackedRows.compare(a, i, b, j);
    }
}
