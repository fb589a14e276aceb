package org.sparkgrad.job.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Libraries with known faults are not in sparkgrad.jar. */
class PackedLibrariesIT {
    @Test
    void bcelIsBeyondItsKnownFaults() throws IOException {
        try (JarFile jar = new JarFile(new File("target/sparkgrad.jar"))) {
            Properties bcel = new Properties();
            bcel.load(jar.getInputStream(jar.getEntry("META-INF/maven/org.apache.bcel/bcel/pom.properties")));
            String[] version = bcel.getProperty("version").split("\\.", 3);
            assertTrue(Integer.parseInt(version[0]) * 100 + Integer.parseInt(version[1]) >= 606, bcel::toString);
        }
    }

    @Test
    void nothingOfNd4jIsInTheJobsJar() throws IOException {
        assertEquals(List.of(), names("org/nd4j/"));
        assertEquals(List.of(), names("org/deeplearning4j/"));
        assertEquals(List.of(), names("org/sparkgrad/job/dl4j/"));
    }

    private static List<String> names(String start) throws IOException {
        try (JarFile packed = new JarFile(new File("target/sparkgrad.jar"))) {
            return packed.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(start))
                    .limit(3)
                    .toList();
        }
    }
}
