package org.sparkgrad.job.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Numbers different texts from 0 in the order in which they appear. Texts are found by their bytes in UTF-8. */
final class TextCodes {
    /** The largest number of different texts. */
    static final int MOST = 1 << 16;

    private static final int FACTOR = 31;

    private final List<String> texts = new ArrayList<>();
    private int[] hashes = new int[16];
    private int[] ends = new int[16];
    private byte[] stored = new byte[256];
    /** Codes plus 1 by hash, at most half of them in use; 0 is free. */
    private int[] table = new int[32];

    /** Returns the code of a text, or -1 if the text has none. */
    int find(byte[] bytes, int from, int to) {
        return table[slot(hash(bytes, from, to), bytes, from, to)] - 1;
    }

    /** Gives a text that has no code the next one; returns -1 if there are {@link #MOST} texts. */
    int add(byte[] bytes, int from, int to) {
        int code = texts.size();
        if (code == MOST) {
            return -1;
        }
        if (2 * (code + 1) > table.length) {
            grow();
        }
        int start = start(code);
        int length = to - from;
        while (start + length > stored.length) {
            stored = Arrays.copyOf(stored, 2 * stored.length);
        }
        System.arraycopy(bytes, from, stored, start, length);
        int hash = hash(bytes, from, to);
        table[slot(hash, bytes, from, to)] = code + 1;
        hashes[code] = hash;
        ends[code] = start + length;
        texts.add(new String(bytes, from, length, StandardCharsets.UTF_8));
        return code;
    }

    /** Returns the number of texts. */
    int size() {
        return texts.size();
    }

    /** Returns the text of a code. */
    String text(int code) {
        return texts.get(code);
    }

    private void grow() {
        table = new int[2 * table.length];
        hashes = Arrays.copyOf(hashes, table.length / 2);
        ends = Arrays.copyOf(ends, table.length / 2);
        for (int code = 0; code < texts.size(); code++) {
            table[slot(hashes[code], stored, start(code), ends[code])] = code + 1;
        }
    }

    /** Returns the place in the table of a text, or the free one where it belongs. */
    private int slot(int hash, byte[] bytes, int from, int to) {
        int mask = table.length - 1;
        int slot = (hash ^ (hash >>> 16)) & mask;
        while (table[slot] != 0 && !isText(table[slot] - 1, hash, bytes, from, to)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private boolean isText(int code, int hash, byte[] bytes, int from, int to) {
        return hashes[code] == hash && Arrays.equals(stored, start(code), ends[code], bytes, from, to);
    }

    private int start(int code) {
        return code == 0 ? 0 : ends[code - 1];
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = FACTOR * hash + bytes[i];
        }
        return hash;
    }
}
