package org.sparkgrad.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ModelFileTest {
    /** Numbers that some writers and readers of decimals get wrong in the last bit, and random ones of any size. */
    @Test
    void eachNumberIsReadAsItWasWritten() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<Double> numbers = Stream.concat(
                        Stream.of(
                                0.1,
                                -0.0,
                                2e-3,
                                2.2250738585072014e-308,
                                Double.MIN_VALUE,
                                Double.MAX_VALUE,
                                Double.parseDouble("1e23"),
                                9007199254740992.0,
                                45 * Double.MIN_VALUE),
                        Stream.generate(() -> Double.longBitsToDouble(random.nextLong()))
                                .filter(Double::isFinite)
                                .limit(100_000))
                .toList();
        int features = numbers.size();
        JsonVector vector = new JsonVector(null, numbers);
        ModelFile model = new ModelFile(
                ModelFile.FORMAT,
                ModelFile.BINOMIAL,
                List.of("0", "1"),
                features,
                "error",
                List.of(new ModelColumn.Vector("x", features)),
                List.of(new ModelFile.Output(0.3, vector)),
                new ModelFile.Standardization(false, vector, vector));
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        model.write(json);
        ModelFile read = ModelFile.read(new ByteArrayInputStream(json.toByteArray()));
        assertEquals(
                bits(numbers), bits(read.coefficients().get(0).coefficients().values()));
        assertEquals(0.3, read.coefficients().get(0).intercept());
    }

    private static String bits(List<Double> numbers) {
        return Arrays.toString(
                numbers.stream().mapToLong(Double::doubleToRawLongBits).toArray());
    }
}
