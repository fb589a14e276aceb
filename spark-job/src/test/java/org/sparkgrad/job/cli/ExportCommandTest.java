package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.problem.ExitCode;

/** The export command in this JVM. */
class ExportCommandTest extends ExportFixture {
    /** DL4J is no dependency of this module. */
    @Test
    void namesTheJarWithDl4j() {
        assertEquals(ExitCode.RESOURCES, run("export", "--model", at("model"), "--output", at("model.zip")));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("add --jars sparkgrad-dl4j.jar"), err::toString);
        assertFalse(Files.exists(folder.resolve("model.zip.part")));
    }

    @Test
    void saysWhatIsMissing() {
        assertEquals(ExitCode.USAGE, run("export"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("--model: missing"), err::toString);
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("--output: missing"), err::toString);
        assertEquals(ExitCode.DATA, run("export", "--model", at("none"), "--output", at("model.zip")));
    }
}
