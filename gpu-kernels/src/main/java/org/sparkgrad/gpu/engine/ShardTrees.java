package org.sparkgrad.gpu.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * Merges consecutive shards along binary trees, on the host. A tree has 2^L shards: neighbours are added, left before right,
 * then neighbouring pairs, and so on.
 */
public final class ShardTrees {
    private ShardTrees() {}

    /**
     * Merges the sums of shards.
     *
     * @param sums of each shard, in order
     * @param trees the number of shards of each tree, in order
     * @param add adds right to left, and returns the sum; it may change left
     * @return the sum of each tree
     */
    public static <T> List<T> merge(List<T> sums, List<Integer> trees, BinaryOperator<T> add) {
        check(sums.size(), trees);
        List<T> merged = new ArrayList<>();
        int first = 0;
        for (int shards : trees) {
            List<T> tree = new ArrayList<>(sums.subList(first, first + shards));
            for (int apart = 1; apart < shards; apart *= 2) {
                for (int n = 0; n < shards; n += 2 * apart) {
                    tree.set(n, add.apply(tree.get(n), tree.get(n + apart)));
                }
            }
            merged.add(tree.get(0));
            first += shards;
        }
        return merged;
    }

    /**
     * Checks trees.
     *
     * @throws IllegalArgumentException if a tree's number of shards is no power of two, or they are not all the shards
     */
    public static void check(int shards, List<Integer> trees) {
        int sum = trees.stream().mapToInt(Integer::intValue).sum();
        if (sum != shards || trees.stream().anyMatch(tree -> Integer.bitCount(tree) != 1)) {
            throw new IllegalArgumentException("trees of %s shards for %d shards".formatted(trees, shards));
        }
    }
}
