package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.math.BigDecimal;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.config.TextSettings;
import org.sparkgrad.job.config.TextSettings.Multiline;

class CellFormatTest {
    private static final CellFormat FORMAT = CellFormat.of(TextSettings.DEFAULT);
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
        "NaN,EMPTY",
        "inf,NUMBER",
        "-Infinity,NUMBER",
        "1e999,NUMBER",
        "1d,TEXT",
        "0x1p3,TEXT",
        "0x10,TEXT",
        "1_000,TEXT",
        "-,TEXT",
        ".,TEXT",
        "?,EMPTY",
        "NA,EMPTY",
        "n/a,EMPTY",
        "Null,EMPTY",
        "\\N,EMPTY",
        "-,TEXT",
        "none,TEXT",
        "nano,TEXT",
        "1 2,TEXT",
        "2024-01-31,TEXT",
        "1.2.3,TEXT",
        "e5,TEXT",
        "'',EMPTY"
    })
    void kinds(String cell, CellKind kind) {
        assertEquals(kind, FORMAT.kindOf(cell));
    }

    @Test
    void values() {
        assertEquals(7L, FORMAT.value("+7", CellKind.WHOLE));
        assertEquals(-0.25, FORMAT.value("-.25", CellKind.NUMBER));
        assertEquals(3.0, FORMAT.value("3", CellKind.NUMBER));
        assertNull(FORMAT.value("nan", CellKind.NUMBER));
        assertEquals("nan", FORMAT.value("nan", CellKind.TEXT));
        assertEquals(Double.NEGATIVE_INFINITY, FORMAT.value("-inf", CellKind.NUMBER));
        assertEquals("3", FORMAT.value("3", CellKind.TEXT));
        assertNull(FORMAT.value("", CellKind.NUMBER));
        assertNull(FORMAT.value("", CellKind.TEXT));
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
                    assertEquals(Double.valueOf(cell.toString()), FORMAT.value(cell.toString(), CellKind.NUMBER));
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
            assertEquals(isNumber(cell.toString()), FORMAT.kindOf(cell.toString()) != CellKind.TEXT, cell::toString);
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

    @ParameterizedTest
    @CsvSource({
        "'1,5',1.5",
        "'-,5',-0.5",
        "'1.234,5',1234.5",
        "'12.345.678',12345678",
        "'1.23',",
        "'1.234.56',",
        "'1234.567,0',",
        "'.123',",
        "'1.5e3',",
        "'+1,5e-3',0.0015"
    })
    void numbersWithDecimalCommasAndGroups(String cell, Double number) {
        CellFormat format = CellFormat.of(new TextSettings('"', null, Multiline.AUTO, ',', '.', false, null));
        assertEquals(number == null, format.kindOf(cell) == CellKind.TEXT);
        if (number != null) {
            assertEquals(number, format.value(cell, CellKind.NUMBER));
        }
    }

    @Test
    void aBlankBetweenGroupsMayBeOneThatDoesNotBreak() {
        CellFormat format = CellFormat.of(new TextSettings('"', null, Multiline.AUTO, ',', ' ', false, null));
        assertEquals(1234567.5, format.value("1\u00A0234\u202F567,5", CellKind.NUMBER));
        assertEquals(CellKind.TEXT, format.kindOf("12 34"));
    }

    @Test
    void namedTextsReplaceTheUsualOnes() {
        CellFormat format =
                CellFormat.of(new TextSettings('"', null, Multiline.AUTO, '.', null, false, List.of("-999", "none")));
        assertEquals(CellKind.EMPTY, format.kindOf("-999"));
        assertEquals(CellKind.TEXT, format.kindOf("NA"));
        assertEquals(CellKind.EMPTY, format.kindOf(""));
        assertNull(format.value("none", CellKind.TEXT));
        assertEquals("\\N", format.value("\\N", CellKind.TEXT));
        assertNull(FORMAT.value("\\N", CellKind.TEXT));
        assertEquals("NA", FORMAT.value("NA", CellKind.TEXT));
    }

    @ParameterizedTest
    @CsvSource({
        "'1,5',true",
        "'$1,200.00',true",
        "'1 234,5 €',true",
        "45 %,true",
        "(1.5),true",
        "USD 12,true",
        "1.5-,true",
        "2024-01-31,false",
        "12:30,false",
        "1.2.3.4,false",
        "12kg,false",
        "M,false",
        "5' 6,false"
    })
    void textsThatReadAsNumbers(String cell, boolean like) {
        assertEquals(like, NumberLike.matches(cell));
    }
}
