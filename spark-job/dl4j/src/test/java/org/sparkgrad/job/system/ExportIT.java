package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vectors;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;

/** The packed jars find each other, whichever class loader Spark puts them into. */
class ExportIT {
    private static final List<String> EXPORT = List.of("export", "--model", "model", "--output", "model.zip");

    @TempDir
    private Path folder;

    private Launcher launcher;

    @BeforeEach
    void saveAModel() throws IOException {
        TestSpark.session("local[2]");
        new LogisticRegressionModel("model", Vectors.dense(1, 2), 0.5)
                .save(folder.resolve("model").toString());
        launcher = new Launcher(folder, Launcher.SHORT_LIVED);
    }

    @Test
    void ofTheLauncher() throws IOException {
        launcher.sparkgrad(EXPORT.toArray(String[]::new)).ok();
        assertExported();
    }

    @Test
    void ofSparkSubmit() throws IOException {
        Path jar = Launcher.JOB.resolveSibling("sparkgrad-dl4j.jar");
        launcher.submit(List.of("--jars", jar.toString()), EXPORT.toArray(String[]::new))
                .ok();
        assertExported();
    }

    private void assertExported() throws IOException {
        MultiLayerNetwork network =
                MultiLayerNetwork.load(folder.resolve("model.zip").toFile(), false);
        assertEquals(3, network.numParams());
    }
}
