package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The package for PySpark as people install it: the wheel, with the jars inside, in a real PySpark 3.5 or 4. */
class PythonIT {
    private static final String PYTHON =
            Optional.ofNullable(System.getenv("SPARKGRAD_PYTHON")).orElse("python3");
    private static final String SESSION = "--master local[2] --conf spark.ui.enabled=false %s pyspark-shell";

    @TempDir
    private Path folder;

    @Test
    void theTestsPassWithTheWheel() {
        Launcher.Ended pyspark = Wheel.pyspark(folder, PYTHON);
        assumeTrue(pyspark.status() == 0, "there is no PySpark: " + pyspark.err());
        assumeTrue(pyspark.out().matches("(3\\.5|4)\\..*"), "this PySpark is of another Spark: " + pyspark.out());
        Wheel wheel = Wheel.install(folder, PYTHON);
        String jars = "--jars " + wheel.jar(pyspark.out());
        assertPasses("classification_test.py", wheel, jars, 6);
        assertPasses("tuning_test.py", wheel, jars, 6);
        assertPasses("without_jar_test.py", wheel, "", 2);
    }

    private static void assertPasses(String script, Wheel wheel, String jars, int tests) {
        Launcher.Ended ended =
                wheel.run(PYTHON, SESSION.formatted(jars), List.of(script)).ok();
        assertTrue(
                ended.err().contains("Ran " + tests + " test") && !ended.err().contains("skipped"), ended.err());
    }
}
