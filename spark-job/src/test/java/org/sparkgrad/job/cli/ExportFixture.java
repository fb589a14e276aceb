package org.sparkgrad.job.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** A saved model of three classes and two features, and the commands in this JVM. */
abstract class ExportFixture {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();
    final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

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

    String at(String name) {
        return folder.resolve(name).toString();
    }

    ExitCode run(String... arguments) {
        out.reset();
        err.reset();
        return Main.run(List.of(arguments), new PrintStream(out, true), new PrintStream(err, true));
    }
}
