package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MergeTreeTest {
    private static String join(String left, String right) {
        return "(" + left + right + ")";
    }

    private static MergeTree.Subtree<String> leaf(int shard) {
        return MergeTree.leaf(shard, Integer.toHexString(shard));
    }

    @Test
    void theTreeIsBinaryAndLeftComesFirst() {
        List<MergeTree.Subtree<String>> leaves = List.of(leaf(2), leaf(0), leaf(3), leaf(1));
        assertEquals("((01)(23))", MergeTree.root(leaves, 4, MergeTreeTest::join));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 7, 8, 16})
    void anyNumberOfWorkersAndAnyArrivalGiveTheSameTree(int workers) {
        List<MergeTree.Subtree<String>> leaves = new ArrayList<>();
        for (int s = 0; s < 16; s++) {
            leaves.add(leaf(s));
        }
        String expected = MergeTree.root(leaves, 16, MergeTreeTest::join);
        List<MergeTree.Subtree<String>> arrived = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            arrived.addAll(
                    MergeTree.merge(leaves.subList(w * 16 / workers, (w + 1) * 16 / workers), MergeTreeTest::join));
        }
        Collections.shuffle(arrived, new Random(workers));
        assertEquals(expected, MergeTree.root(arrived, 16, MergeTreeTest::join));
    }

    @Test
    void aWholeRunOfAPowerOfTwoIsSentAsOneSum() {
        assertEquals(
                1,
                MergeTree.merge(List.of(leaf(4), leaf(5), leaf(6), leaf(7)), MergeTreeTest::join)
                        .size());
        assertEquals(
                2,
                MergeTree.merge(List.of(leaf(1), leaf(2)), MergeTreeTest::join).size());
    }

    @Test
    void aMissingShardAndAShardTwiceAreErrors() {
        assertThrows(IllegalStateException.class, () -> MergeTree.root(List.of(leaf(0)), 2, MergeTreeTest::join));
        assertThrows(
                IllegalStateException.class,
                () -> MergeTree.root(List.of(leaf(0), leaf(1), leaf(1)), 2, MergeTreeTest::join));
    }
}
