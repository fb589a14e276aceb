package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelIndexTest {
    @Test
    void decimalsOfAnyLengthAreFoundAgain() {
        List<String> labels = List.of("-0.5", "12345678901234567890", "12345678901234567891.5");
        LabelIndex index = new LabelIndex(true, labels, labels, List.of(1L, 1L, 1L));
        assertEquals(0, index.indexOf(-0.5));
        assertEquals(0, index.indexOf(new BigDecimal("-0.50")));
        assertEquals(1, index.indexOf(new BigDecimal("12345678901234567890.0")));
        assertEquals(2, index.indexOf(new BigDecimal("12345678901234567891.5")));
        assertEquals(-1, index.indexOf(new BigDecimal("12345678901234567891")));
    }

    @Test
    void aColumnOfVeryManyValuesIsTold() {
        assertTrue(index(3, 1).notes("y").isEmpty());
        assertTrue(index(100, 2).notes("y").isEmpty());
        assertEquals(
                "the label column y has 101 different values in 10100 rows: if they are no classes, name the label column",
                index(101, 100).notes("y").get(0));
        assertEquals(1, index(11, 1).notes("y").size());
    }

    private static LabelIndex index(int classes, long rows) {
        List<String> labels =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new LabelIndex(true, labels, labels, Collections.nCopies(classes, rows));
    }
}
