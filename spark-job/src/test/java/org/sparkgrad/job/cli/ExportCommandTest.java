package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** The export command in this JVM. */
class ExportCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @BeforeEach
    void saveAModel() throws IOException {
        TestSpark.session("local[2]");
        new LogisticRegressionModel(
                        "model",
                        new DenseMatrix(3, 2, new double[] {1, 2, 3, 4, 5, 6}, true),
                        Vectors.dense(7, 8, 9),
                        3,
                        true)
                .save(at("model"));
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private ExitCode run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(List.of(arguments), new PrintStream(out, true), new PrintStream(err, true));
    }

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
