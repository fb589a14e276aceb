package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Estimates the number of different texts in a column, and how many of them are numbers, in bounded memory. The texts
 * with the smallest hashes represent all texts (Bar-Yossef et al., Counting Distinct Elements in a Data Stream, 2002).
 * The numbers are exact below {@link #KEPT} texts. The order of rows and partitions has no effect.
 */
final class DistinctTexts implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int KEPT = 1024;
    private static final double HASHES = 0x1p64;

    /** FNV-1a of 64 bits, by Fowler, Noll and Vo. */
    private static final long OFFSET = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    /**
     * For each of the smallest hashes: whether its text is a number. The hashes are shifted so that signed order is
     * unsigned order.
     */
    private final TreeMap<Long, Boolean> least = new TreeMap<>();

    void add(String text, boolean number) {
        add(hash(text) ^ Long.MIN_VALUE, number);
    }

    void add(DistinctTexts other) {
        other.least.forEach(this::add);
    }

    private void add(Long hash, Boolean number) {
        if (least.size() == KEPT && hash.compareTo(least.lastKey()) >= 0) {
            return;
        }
        least.put(hash, number);
        if (least.size() > KEPT) {
            least.pollLastEntry();
        }
    }

    /** Returns the number of different texts. */
    double count() {
        if (least.size() < KEPT) {
            return least.size();
        }
        double greatest = (double) least.lastKey() + HASHES / 2;
        return (KEPT - 1) * HASHES / greatest;
    }

    /** Returns the share of the different texts that are numbers. */
    double numbers() {
        return least.isEmpty()
                ? 0
                : least.entrySet().stream().filter(Map.Entry::getValue).count() / (double) least.size();
    }

    private static long hash(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * PRIME;
        }
        // FNV gives short texts similar high bits; the finalizer of MurmurHash3 spreads the bits.
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
