package org.sparkgrad.job.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.model.Dl4jWriter;

/** What is in sparkgrad-dl4j.jar and what is not. */
class PackedDl4jIT {
    private static final File JAR = new File("../target/sparkgrad-dl4j.jar");

    @Test
    void theServiceOfExportIsInside() throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            byte[] names = jar.getInputStream(jar.getEntry("META-INF/services/" + Dl4jWriter.class.getName()))
                    .readAllBytes();
            assertEquals(NetworkWriter.class.getName(), new String(names, StandardCharsets.UTF_8).strip());
        }
        assertEquals(1, names("org/sparkgrad/job/dl4j/NetworkWriter.class").size());
    }

    @Test
    void classesOfTheJobAreInItsOwnJarAlone() throws IOException {
        assertEquals(List.of(), names("org/sparkgrad/job/model/"));
        assertEquals(List.of(), names("org/sparkgrad/gpu/"));
    }

    /** They have known faults; SECURITY.md names those of the libraries that stay. */
    @Test
    void parsersOfXmlAndYamlAreLeftOut() throws IOException {
        assertEquals(List.of(), names("org/nd4j/shade/wstx/"));
        assertEquals(List.of(), names("org/nd4j/shade/yaml/"));
    }

    private static List<String> names(String start) throws IOException {
        try (JarFile jar = new JarFile(JAR)) {
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(start))
                    .limit(3)
                    .toList();
        }
    }
}
