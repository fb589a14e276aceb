package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.problem.ExitCode;

/** The export command in this JVM, which has DL4J on its class path. */
class ExportToDl4jTest extends ExportFixture {
    @Test
    void writesANetworkWhole() throws IOException {
        assertEquals(ExitCode.OK, run("export", "--model", at("model"), "--output", at("model.zip")), err::toString);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("2 features"), out::toString);
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("0, 1, 2"), out::toString);
        try (ZipFile zip = new ZipFile(at("model.zip"))) {
            assertTrue(zip.getEntry("configuration.json") != null && zip.getEntry("coefficients.bin") != null);
        }
        assertFalse(Files.exists(folder.resolve("model.zip.part")));
        assertEquals(ExitCode.USAGE, run("export", "--model", at("model"), "--output", at("model.zip")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("--overwrite"), err::toString);
        assertEquals(ExitCode.OK, run("export", "--model", at("model"), "--output", at("model.zip"), "--overwrite"));
    }
}
