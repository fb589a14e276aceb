package org.sparkgrad.job.shard;

import java.util.Arrays;

/** The order of a shard's rows: by key, unsigned, and by content where keys are equal. */
final class KeyOrder {
    private KeyOrder() {}

    /** Returns the places of all rows in order, the pack in the upper half of a number and its row in the lower. */
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

    /** Returns places of rows in order. */
    static long[] of(PackedRows[] packs, long[] places) {
        int rows = places.length;
        long[] tagged = new long[rows];
        int bits = Long.SIZE - Long.numberOfLeadingZeros(rows);
        for (int i = 0; i < rows; i++) {
            long key = packs[(int) (places[i] >>> 32)].keys[(int) places[i]];
            tagged[i] = prefix(key ^ Long.MIN_VALUE, bits) | i;
        }
        // A key's lowest bits make room for the row: no objects, and few keys that need a second look.
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
