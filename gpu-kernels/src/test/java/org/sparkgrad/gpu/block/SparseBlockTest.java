package org.sparkgrad.gpu.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SparseBlockTest {
    @Test
    void holdsItsEntries() {
        SparseBlock block = block(new int[] {0, 2, 2}, 1, 4);
        assertEquals(2, block.rows());
        assertEquals(5, block.features());
        assertEquals(2, block.entries(0));
        assertEquals(0, block.entries(1));
        assertEquals(4, block.entryFeature(0, 1));
        assertEquals(1, block.entryValue(0, 1));
        assertEquals(Precision.FLOAT, block.precision());
        assertThrows(IllegalStateException.class, block::doubles);
    }

    @Test
    void refusesWhatIsNotCompressedRows() {
        refused("features do not ascend", new int[] {0, 2, 2}, 4, 1);
        refused("a feature twice", new int[] {0, 2, 2}, 4, 4);
        refused("a feature beyond F", new int[] {0, 1, 1}, 5);
        refused("a negative feature", new int[] {0, 1, 1}, -1);
        refused("a late start", new int[] {1, 1, 1}, 0);
        refused("entries behind the last row", new int[] {0, 1, 1}, 0, 1);
        refused("falling starts", new int[] {0, 2, 1}, 1);
        refused("too few starts", new int[] {0, 1}, 0);
    }

    @Test
    void refusesArraysOfOtherLengths() {
        float[] labels = {0};
        int[] starts = {0, 1};
        assertThrows(
                IllegalArgumentException.class,
                () -> SparseBlock.ofFloats(5, starts, new int[1], new float[2], labels, new double[1]));
        assertThrows(
                IllegalArgumentException.class,
                () -> SparseBlock.ofDoubles(5, starts, new int[1], new double[1], labels, new double[2]));
    }

    @Test
    void heightFollowsWidth() {
        assertEquals(4096, SparseBlock.rowsFor(0));
        assertEquals(4096, SparseBlock.rowsFor(1000));
        assertEquals(8192, SparseBlock.rowsFor(8 * 8192 + 5));
        assertEquals(65_536, SparseBlock.rowsFor(524_288));
        assertEquals(65_536, SparseBlock.rowsFor(Integer.MAX_VALUE));
    }

    @Test
    void shardsAreOfOneKind() {
        SparseBlock sparse = block(new int[] {0, 0, 0});
        Shard shard = new Shard(0, 5, List.of(sparse));
        assertTrue(shard.sparse());
        assertEquals(4096, shard.blockRows());
        assertFalse(new Shard(0, 5, List.of()).sparse());
        DenseBlock dense = dense(DenseBlock.rowsFor(5));
        assertFalse(new Shard(0, 5, List.of(dense)).sparse());
        assertThrows(IllegalArgumentException.class, () -> new Shard(0, 5, List.of(dense, sparse)));
        assertThrows(IllegalArgumentException.class, () -> new Shard(0, 5, List.of(sparse, sparse)));
    }

    private static DenseBlock dense(int rows) {
        return DenseBlock.ofFloats(5, new float[5 * rows], new float[rows], new double[rows]);
    }

    /** Two rows, five features, all values 1. */
    private static SparseBlock block(int[] starts, int... indices) {
        float[] values = new float[indices.length];
        Arrays.fill(values, 1);
        return SparseBlock.ofFloats(5, starts, indices, values, new float[2], new double[2]);
    }

    private static void refused(String why, int[] starts, int... indices) {
        assertThrows(IllegalArgumentException.class, () -> block(starts, indices), why);
    }
}
