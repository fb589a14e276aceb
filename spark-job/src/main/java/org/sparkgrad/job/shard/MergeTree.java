package org.sparkgrad.job.shard;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The binary tree along which all sums over shards are merged. Leaf s is shard s. Node (level, i) joins (level - 1, 2i)
 * with (level - 1, 2i + 1), left before right. A worker merges the complete subtrees of its shards; the driver merges
 * the rest. So the order of additions depends on S alone.
 */
public final class MergeTree {
    private MergeTree() {}

    /**
     * The merged value of a complete subtree.
     *
     * @param level the subtree's height; its leaves are 2^level shards
     * @param index its place among the subtrees of that height
     * @param value the merged value
     */
    public record Subtree<T>(int level, int index, T value) implements Serializable {
        /** Returns the same subtree with another value. */
        public <U> Subtree<U> with(U other) {
            return new Subtree<>(level, index, other);
        }

        private long firstShard() {
            return (long) index << level;
        }

        private boolean isLeftSiblingOf(Subtree<T> other) {
            return level == other.level && index % 2 == 0 && index + 1 == other.index;
        }
    }

    /** Returns the leaf of one shard. */
    public static <T> Subtree<T> leaf(int shard, T value) {
        return new Subtree<>(0, shard, value);
    }

    /**
     * Returns the maximal subtrees of a range of shards; the value of each subtree is its index in the list.
     *
     * @param from the first shard
     * @param to one more than the last shard
     */
    public static List<Subtree<Integer>> cover(int from, int to) {
        List<Subtree<Integer>> cover = new ArrayList<>();
        for (int next = from; next < to; ) {
            int fitting = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(to - next);
            int level = Math.min(Integer.numberOfTrailingZeros(next), fitting);
            cover.add(new Subtree<>(level, next >> level, cover.size()));
            next += 1 << level;
        }
        return cover;
    }

    /**
     * Merges complete siblings until no siblings are left; the order of the list has no effect.
     *
     * @param subtrees disjoint subtrees
     * @param merge the function that joins left and right; it may change and return left
     * @return the maximal subtrees, by shard
     */
    public static <T> List<Subtree<T>> merge(List<Subtree<T>> subtrees, BinaryOperator<T> merge) {
        List<Subtree<T>> sorted = new ArrayList<>(subtrees);
        sorted.sort(Comparator.comparingLong(Subtree::firstShard));
        List<Subtree<T>> merged = new ArrayList<>();
        for (Subtree<T> next : sorted) {
            Subtree<T> right = next;
            while (!merged.isEmpty() && merged.get(merged.size() - 1).isLeftSiblingOf(right)) {
                Subtree<T> left = merged.remove(merged.size() - 1);
                right = new Subtree<>(left.level() + 1, left.index() / 2, merge.apply(left.value(), right.value()));
            }
            merged.add(right);
        }
        return merged;
    }

    /**
     * Merges all subtrees to the root.
     *
     * @param shards S, a power of two
     * @throws IllegalStateException if a shard is missing or occurs twice
     */
    public static <T> T root(List<Subtree<T>> subtrees, int shards, BinaryOperator<T> merge) {
        List<Subtree<T>> merged = merge(subtrees, merge);
        if (merged.size() != 1 || 1 << merged.get(0).level() != shards) {
            throw new IllegalStateException("the parts do not make up %d shards: %s"
                    .formatted(
                            shards,
                            merged.stream()
                                    .map(s -> s.level() + "/" + s.index())
                                    .toList()));
        }
        return merged.get(0).value();
    }
}
