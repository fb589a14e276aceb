package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellKindTest {
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
    void aColumnIsOfTheWidestKind() {
        assertEquals(CellKind.NUMBER, CellKind.WHOLE.or(CellKind.NUMBER));
        assertEquals(CellKind.TEXT, CellKind.TEXT.or(CellKind.EMPTY));
    }
}
