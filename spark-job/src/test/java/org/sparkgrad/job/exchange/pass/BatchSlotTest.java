package org.sparkgrad.job.exchange.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.RowRange;

class BatchSlotTest {
    @ParameterizedTest
    @CsvSource({"0,1", "1,1", "1,3", "100,7", "2000000000,235", "3,10"})
    void theSlotsOfAnEpochTakeEachRowOnce(int rows, int slots) {
        int next = 0;
        for (int t = 0; t < slots; t++) {
            RowRange range = new BatchSlot(t, slots).of(rows);
            assertEquals(next, range.start());
            next = range.end();
        }
        assertEquals(rows, next);
        assertThrows(IllegalArgumentException.class, () -> new BatchSlot(slots, slots));
    }
}
