package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The estimator for pyspark, out of sparkgrad.jar, where a python3 has pyspark 3.5. */
class PythonIT {
    private static final Path SCRIPT = Launcher.ROOT.resolve("spark-job/src/test/python/classification_test.py");

    @TempDir
    private Path folder;

    @Test
    void thePythonTestsPass() {
        Launcher launcher = new Launcher(
                folder,
                Map.of(
                        "PYTHONPATH",
                        Stream.of(System.getenv("PYTHONPATH"), Launcher.JOB.toString())
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(File.pathSeparator)),
                        "PYSPARK_SUBMIT_ARGS",
                        "--master local[2] --conf spark.ui.enabled=false --jars %s pyspark-shell"
                                .formatted(Launcher.JOB)));
        Launcher.Ended pyspark = launcher.run(List.of("python3", "-c", "import pyspark; print(pyspark.__version__)"));
        assumeTrue(pyspark.status() == 0, "python3 has no pyspark: " + pyspark.err());
        assumeTrue(pyspark.out().startsWith("3.5."), "pyspark is not of Spark 3.5: " + pyspark.out());
        Launcher.Ended tests =
                launcher.run(List.of("python3", SCRIPT.toString())).ok();
        assertTrue(tests.err().contains("Ran 5 tests") && !tests.err().contains("skipped"), tests.err());
    }
}
