package org.sparkgrad.gpu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The kernels in double precision are those in single precision with another word for the type: Aparapi translates
 * primitive types alone. With {@code -Dsparkgrad.regenerate=true} this test writes them.
 */
class KernelMirrorTest {
    private static final Path SOURCES = Path.of("src/main/java/org/sparkgrad/gpu/kernel");

    @Test
    void doublesAreFloatsButForTheType() throws IOException {
        List<Path> originals = named("Float");
        assertFalse(originals.isEmpty());
        for (Path original : originals) {
            String mirrored =
                    Files.readString(original).replace("Float", "Double").replace("float", "double");
            Path mirror =
                    original.resolveSibling(original.getFileName().toString().replace("Float", "Double"));
            if (Boolean.getBoolean("sparkgrad.regenerate")) {
                Files.writeString(mirror, mirrored);
            }
            // Where the longer word does not fit, the formatter breaks lines elsewhere.
            assertEquals(
                    mirrored.replaceAll("\\s+", " "),
                    Files.readString(mirror).replaceAll("\\s+", " "),
                    "write " + mirror + " again with -Dtest=KernelMirrorTest -Dsparkgrad.regenerate=true");
        }
        assertEquals(originals.size(), named("Double").size(), "each DoubleXKernel has a FloatXKernel");
    }

    private static List<Path> named(String start) throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start))
                    .sorted()
                    .toList();
        }
    }
}
