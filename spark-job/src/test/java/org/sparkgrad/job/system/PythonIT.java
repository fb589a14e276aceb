package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package for PySpark as people install it: the wheel, with the jar inside, in a real PySpark 3.5. */
class PythonIT {
    private static final String PYTHON =
            Optional.ofNullable(System.getenv("SPARKGRAD_PYTHON")).orElse("python3");
    private static final String SESSION = "--master local[2] --conf spark.ui.enabled=false %s pyspark-shell";

    @TempDir
    private Path folder;

    @Test
    void theTestsPassWithTheWheel() {
        Launcher.Ended pyspark =
                new Launcher(folder, Map.of()).run(List.of(PYTHON, "-c", "import pyspark; print(pyspark.__version__)"));
        assumeTrue(pyspark.status() == 0, "there is no PySpark: " + pyspark.err());
        assumeTrue(pyspark.out().startsWith("3.5."), "this PySpark is not of Spark 3.5: " + pyspark.out());
        Path installed = installed();
        String jars = "--jars " + installed.resolve("sparkgrad/jars/sparkgrad.jar");
        assertPasses("classification_test.py", installed, jars, 6);
        assertPasses("tuning_test.py", installed, jars, 6);
        assertPasses("without_jar_test.py", installed, "", 1);
    }

    private Path installed() {
        Launcher launcher = new Launcher(folder, Map.of());
        Path script = Launcher.ROOT.resolve("scripts/build-wheel.sh");
        Launcher.Ended built = launcher.run(
                        List.of(script.toString(), folder.resolve("dist").toString()))
                .ok();
        String wheel = built.out().strip();
        Path site = folder.resolve("site");
        launcher.run(List.of(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--target", site.toString(), wheel))
                .ok();
        return site;
    }

    private void assertPasses(String script, Path installed, String jars, int tests) {
        Launcher launcher = new Launcher(
                folder,
                Map.of(
                        "PYTHONPATH", installed.toString(),
                        "PYSPARK_PYTHON", PYTHON,
                        "PYSPARK_SUBMIT_ARGS", SESSION.formatted(jars)));
        Path path = Launcher.ROOT.resolve("spark-job/python/tests").resolve(script);
        Launcher.Ended ended =
                launcher.run(List.of(PYTHON, "-W", "ignore", path.toString())).ok();
        assertTrue(
                ended.err().contains("Ran " + tests + " test") && !ended.err().contains("skipped"), ended.err());
    }
}
