package org.sparkgrad.job.assemble;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many different texts a column has, and how many of them are numbers, in bounded memory: the texts of the least
 * hashes stand for all (Bar-Yossef et al., Counting Distinct Elements in a Data Stream, 2002). Exact below
 * {@link #KEPT} texts; order and partitions do not matter.
 */
final class DistinctTexts implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int KEPT = 1024;
    private static final double HASHES = 0x1p64;

    /** FNV-1a of 64 bits, by Fowler, Noll and Vo. */
    private static final long OFFSET = 0xcbf29ce484222325L;

    private static final long PRIME = 0x100000001b3L;

    /** Whether the text of a hash is a number; hashes are shifted so that signed order is unsigned order. */
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

    /** Returns how many different texts there are. */
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
        // FNV leaves the high bits of short texts alike: the finalizer of MurmurHash3 spreads them.
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }
}
