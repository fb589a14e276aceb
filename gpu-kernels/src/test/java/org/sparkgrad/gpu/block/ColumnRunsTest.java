package org.sparkgrad.gpu.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnRunsTest {
    private static final int ROWS = 600;
    private static final int FEATURES = 50;
    private static final int FULL = 3;

    /** Column 3 is in every row; columns 20 to 48 are in 15 rows down to 1. */
    private static boolean has(int row, int feature) {
        return feature == FULL || (feature >= 20 && row % 7 == 0 && row / 7 < (FEATURES - feature) / 2);
    }

    private static SparseBlock block() {
        int[] starts = new int[ROWS + 1];
        List<Integer> indices = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            for (int j = 0; j < FEATURES; j++) {
                if (has(row, j)) {
                    indices.add(j);
                }
            }
            starts[row + 1] = indices.size();
        }
        float[] values = new float[indices.size()];
        for (int e = 0; e < values.length; e++) {
            values[e] = e + 1;
        }
        int[] features = indices.stream().mapToInt(Integer::intValue).toArray();
        return SparseBlock.ofFloats(FEATURES, starts, features, values, new float[ROWS], new double[ROWS]);
    }

    @Test
    void shortColumnsComeFirstByTheirLengthAndEachInItsOrder() {
        ColumnRuns runs = new ColumnRuns(block());
        int[] expected = {
            47, 48, 45, 46, 43, 44, 41, 42, 39, 40, 37, 38, 35, 36, 33, 34, 31, 32, 29, 30, 27, 28, 25, 26, 23, 24, 21,
            22, 20, FULL, FULL, FULL
        };
        assertArrayEquals(expected, runs.features());
        assertEquals(runs.runs(), ColumnRuns.count(block()));
    }

    @Test
    void eachEntryIsInOneRunOfItsColumnAndRowsAscend() {
        SparseBlock block = block();
        ColumnRuns runs = new ColumnRuns(block);
        double[][] found = new double[ROWS][FEATURES];
        int last = 0;
        for (int run = 0; run < runs.runs(); run++) {
            assertEquals(last, runs.starts()[run]);
            last = runs.starts()[run + 1];
            for (int e = runs.starts()[run]; e < last; e++) {
                found[runs.rows()[e]][runs.features()[run]] += runs.floats()[e];
                assertTrue(e == runs.starts()[run] || runs.rows()[e] > runs.rows()[e - 1], "rows ascend in a run");
            }
        }
        assertEquals(block.indices().length, last);
        for (int row = 0; row < ROWS; row++) {
            double[] expected = new double[FEATURES];
            for (int e = 0; e < block.entries(row); e++) {
                expected[block.entryFeature(row, e)] = block.entryValue(row, e);
            }
            assertArrayEquals(expected, found[row]);
        }
    }
}
