package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellKindTest {
    private static final int RANDOM = 20_000;
    private static final int LONGEST = 9;

    @ParameterizedTest
    @CsvSource({
        "1,WHOLE",
        "-1,WHOLE",
        "+7,WHOLE",
        "007,WHOLE",
        "123456789012345678,WHOLE",
        "1234567890123456789,NUMBER",
        "1.0,NUMBER",
        ".28,NUMBER",
        "-1.,NUMBER",
        "1e-3,NUMBER",
        "1E5,NUMBER",
        "NaN,NUMBER",
        "inf,NUMBER",
        "-Infinity,NUMBER",
        "1e999,NUMBER",
        "1d,TEXT",
        "0x1p3,TEXT",
        "0x10,TEXT",
        "1_000,TEXT",
        "-,TEXT",
        ".,TEXT",
        "?,TEXT",
        "NA,TEXT",
        "1 2,TEXT",
        "2024-01-31,TEXT",
        "1.2.3,TEXT",
        "e5,TEXT",
        "'',EMPTY"
    })
    void kinds(String cell, CellKind kind) {
        assertEquals(kind, CellKind.of(cell));
    }

    @Test
    void values() {
        assertEquals(7L, CellKind.WHOLE.value("+7"));
        assertEquals(-0.25, CellKind.NUMBER.value("-.25"));
        assertEquals(3.0, CellKind.NUMBER.value("3"));
        assertEquals(Double.NaN, CellKind.NUMBER.value("nan"));
        assertEquals(Double.NEGATIVE_INFINITY, CellKind.NUMBER.value("-inf"));
        assertEquals("3", CellKind.TEXT.value("3"));
        assertNull(CellKind.NUMBER.value(""));
        assertNull(CellKind.TEXT.value(""));
    }

    @Test
    void numbersAreThoseOfTheJdk() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < RANDOM; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(any)) {
                // Halfway to the next number, where the last of many digits decides.
                BigDecimal half = new BigDecimal(any)
                        .add(new BigDecimal(Math.nextUp(any)))
                        .divide(BigDecimal.valueOf(2));
                for (Object cell : List.of(any, half, half.add(half.ulp()), (float) any, random.nextGaussian())) {
                    assertEquals(Double.valueOf(cell.toString()), CellKind.NUMBER.value(cell.toString()));
                }
            }
        }
    }

    @Test
    void whatIsANumberIsWhatTheJdkTakes() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < RANDOM; i++) {
            StringBuilder cell = new StringBuilder();
            for (int length = random.nextInt(1, LONGEST); length > 0; length--) {
                cell.append("0123456789..++--eE".charAt(random.nextInt("0123456789..++--eE".length())));
            }
            assertEquals(isNumber(cell.toString()), CellKind.of(cell.toString()) != CellKind.TEXT, cell::toString);
        }
    }

    private static boolean isNumber(String cell) {
        try {
            Double.parseDouble(cell);
            return true;
        } catch (NumberFormatException none) {
            return false;
        }
    }

    @Test
    void aColumnIsOfTheWidestKind() {
        assertEquals(CellKind.NUMBER, CellKind.WHOLE.or(CellKind.NUMBER));
        assertEquals(CellKind.TEXT, CellKind.TEXT.or(CellKind.EMPTY));
    }
}
