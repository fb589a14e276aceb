package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.config.TextSettings;
import org.sparkgrad.job.config.TextSettings.Multiline;

class CellNumberTest {
    private static final CellFormat PLAIN = CellFormat.of(TextSettings.DEFAULT);
    private static final String CHARACTERS = "0012345678999..eE+-,";

    private static CellFormat format(char decimal, @Nullable Character thousands, @Nullable List<String> missing) {
        return CellFormat.of(new TextSettings('"', null, Multiline.AUTO, decimal, thousands, false, missing));
    }

    private static void assertSame(CellFormat format, String text) {
        CellNumber number = new CellNumber(format);
        byte[] bytes = ("7" + text + "8").getBytes(StandardCharsets.US_ASCII);
        CellKind kind = number.read(bytes, 1, bytes.length - 1);
        if (kind != null) {
            assertEquals(format.kindOf(text), kind, text);
            Number expected = (Number) format.value(text, CellKind.NUMBER);
            assertEquals(expected, number.value(), text);
            if (kind == CellKind.WHOLE) {
                assertEquals(format.value(text, kind), number.whole(), text);
            }
        }
    }

    @Test
    void numbersAreThoseOfTheFormat() {
        Random random = new Random(5);
        for (CellFormat format : List.of(PLAIN, format(',', '.', null), format('.', ',', List.of("x")))) {
            for (int i = 0; i < 200_000; i++) {
                StringBuilder text = new StringBuilder();
                for (int length = 1 + random.nextInt(24); length > 0; length--) {
                    text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
                }
                assertSame(format, text.toString());
            }
        }
    }

    @Test
    void numbersOfJavaAreReadToTheBit() {
        Random random = new Random(6);
        for (int i = 0; i < 200_000; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            double usual = random.nextGaussian();
            for (double number : new double[] {any, usual, usual * 1e-300, Math.rint(usual * 1e15) / 1e7}) {
                if (Double.isFinite(number)) {
                    assertRead(number, Double.toString(number));
                    assertRead(number, Double.toString(number).toLowerCase(Locale.ROOT));
                }
            }
        }
    }

    private static void assertRead(double expected, String text) {
        CellNumber number = new CellNumber(PLAIN);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertNotNull(number.read(bytes, 0, bytes.length), text);
        assertEquals(expected, number.value(), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "e5", "1e", "1e+", "1.5.2", "1 ", "0x1p3", "1f", "NaN", "inf", "1e9999999999"})
    void otherTextsAreLeftToTheFormat(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        assertNull(new CellNumber(PLAIN).read(bytes, 0, bytes.length));
    }

    @Test
    void aNumberMayMeanThatACellIsMissing() {
        CellNumber number = new CellNumber(format('.', null, List.of("-999")));
        byte[] bytes = "-999".getBytes(StandardCharsets.US_ASCII);
        assertNull(number.read(bytes, 0, bytes.length));
    }
}
