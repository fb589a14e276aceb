package org.sparkgrad.job.shard;

import java.util.Arrays;

/** The order of a shard's rows: by key, unsigned, and by content where keys are equal. */
final class KeyOrder {
    private KeyOrder() {}

    /** Returns the places of the rows in order, the pack in the upper half of a number and its row in the lower. */
    static long[] of(PackedRows[] packs) {
        return of(
                packs,
                new int[packs.length],
                Arrays.stream(packs).mapToInt(PackedRows::rows).toArray());
    }

    /** Returns the places of the rows from one to before another in each pack. */
    static long[] of(PackedRows[] packs, int[] from, int[] to) {
        int rows = Arrays.stream(to).sum() - Arrays.stream(from).sum();
        long[] places = new long[rows];
        long[] tagged = new long[rows];
        int bits = Long.SIZE - Long.numberOfLeadingZeros(rows);
        int next = 0;
        for (int p = 0; p < packs.length; p++) {
            for (int r = from[p]; r < to[p]; r++) {
                places[next] = (long) p << 32 | r;
                tagged[next] = prefix(packs[p].keys[r] ^ Long.MIN_VALUE, bits) | next;
                next++;
            }
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
