package org.sparkgrad.job.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Coefficients;

class CoefficientsHashTest {
    @Test
    void theHashIsOverBigEndianDoubles() {
        // printf '\x3f\xf0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' | sha256sum
        assertEquals(
                "c6851b4e3b0d89b2de736074fa8ec03d9c705b3c688370fead97c74d38959ecf",
                CoefficientsHash.sha256(new Coefficients(1, 1, new double[] {1, 0})));
    }

    @Test
    void centringMovesInterceptsAndUnpenalisedCoefficients() {
        Coefficients two = new Coefficients(2, 1, new double[] {1, 4, 3, 2});
        assertArrayEquals(new double[] {-1, 1, 1, -1}, Centering.apply(two, 0).values());
        assertArrayEquals(new double[] {1, 1, 3, -1}, Centering.apply(two, 0.1).values());
        Coefficients one = new Coefficients(1, 1, new double[] {1, 4});
        assertSame(one, Centering.apply(one, 0));
    }
}
