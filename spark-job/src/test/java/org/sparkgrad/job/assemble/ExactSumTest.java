package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ExactSumTest {
    @Test
    void sumsOfAllMagnitudesAreThoseOfBigDecimal() {
        SplittableRandom random = new SplittableRandom(5);
        for (int repeat = 0; repeat < 20; repeat++) {
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                double value = Double.longBitsToDouble(random.nextLong());
                values.add(Double.isFinite(value) ? value : -Double.MIN_VALUE);
            }
            BigDecimal expected = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertEquals(
                    expected.divide(BigDecimal.valueOf(7), MathContext.DECIMAL128)
                            .doubleValue(),
                    sum(values).mean(7));
        }
    }

    @Test
    void theOrderDoesNotMatter() {
        SplittableRandom random = new SplittableRandom(6);
        List<Double> values = new ArrayList<>(random.doubles(10_000, -1e6, 1e6)
                .map(value -> value * value * value)
                .boxed()
                .toList());
        double expected = sum(values).mean(values.size());
        Collections.shuffle(values, new Random(1));
        ExactSum left = sum(values.subList(0, 1234));
        left.add(sum(values.subList(1234, values.size())));
        assertEquals(expected, left.mean(values.size()));
    }

    @Test
    void whatCancelsIsGone() {
        assertEquals(
                0.5,
                sum(List.of(1e300, 1.0, -1e300, Double.MIN_VALUE, -Double.MIN_VALUE))
                        .mean(2));
        assertEquals(-0.25, sum(List.of(-1e16, 1e16 - 2, 1.0)).mean(4));
        assertEquals(
                Double.MAX_VALUE,
                sum(List.of(Double.MAX_VALUE, Double.MAX_VALUE)).mean(2));
    }

    private static ExactSum sum(List<Double> values) {
        ExactSum sum = new ExactSum();
        values.forEach(sum::add);
        return sum;
    }
}
