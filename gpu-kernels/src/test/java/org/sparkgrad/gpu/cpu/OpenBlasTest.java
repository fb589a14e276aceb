package org.sparkgrad.gpu.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which libraries, folders and environment variables change OpenBLAS in a new JVM, and which do not. */
class OpenBlasTest {
    @TempDir
    Path folder;

    @BeforeEach
    void isThere() {
        assumeTrue(OpenBlas.description().isPresent(), "OpenBLAS cannot be loaded here");
    }

    @Test
    void theProcessorAloneChoosesKernels() {
        String kernels =
                Processor.here().hasAvx512() ? "SKYLAKEX" : Processor.here().hasAvx2() ? "HASWELL" : "";
        assertTrue(OpenBlas.description().orElseThrow().endsWith(kernels), OpenBlas.description()::orElseThrow);
    }

    @Test
    void theEnvironmentChangesNothing() throws Exception {
        String expected = probe(Map.of(), List.of());
        assertEquals(
                expected,
                probe(
                        new TreeMap<>(Map.of(
                                "OPENBLAS_CORETYPE", "Prescott",
                                "OPENBLAS_NUM_THREADS", "3",
                                "OPENBLAS_BLOCK_FACTOR", "2",
                                "OPENBLAS_L2_SIZE", "4096")),
                        List.of()));
        assertEquals(expected, probe(Map.of("OPENBLAS_CORETYPE", "no such", "OMP_NUM_THREADS", "2"), List.of()));
    }

    /** MLlib loads the system's BLAS for the whole process; here it is a copy of OpenBLAS whose kernels give other bits. */
    @Test
    void aBlasThatIsThereForAllChangesNothing() throws Exception {
        Path ours = MappedFiles.at(Loader.addressof("cblas_sgemm")).orElseThrow();
        try (Stream<Path> files = Files.list(ours.resolveSibling(""))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        Path other = folder.resolve(ours.getFileName());
        assertEquals(probe(Map.of(), List.of()), probe(Map.of("OPENBLAS_CORETYPE", "Prescott"), List.of(), other));
    }

    @Test
    void unpacksElsewhereWhereThereIsNoHome() throws Exception {
        String expected = probe(Map.of(), List.of());
        assertEquals(expected, probe(Map.of(), List.of("-Duser.home=/proc/nowhere", "-Djava.io.tmpdir=" + folder)));
    }

    /** Another user has created each predictable folder, with a library that ends the process when it is loaded. */
    @Test
    void aPlantedLibraryIsNotLoaded() throws Exception {
        List<String> options = List.of("-Duser.home=/proc/nowhere", "-Djava.io.tmpdir=" + folder);
        Path unpacked = folder.resolve("unpacked");
        String expected = probe(Map.of(), List.of("-Dorg.bytedeco.javacpp.cachedir=" + unpacked));
        damage(unpacked);
        Files.createDirectory(folder.resolve(".javacpp-" + System.getProperty("user.name")));
        plant(unpacked, folder.resolve(".javacpp-" + System.getProperty("user.name") + "/cache"));
        plant(unpacked, folder.resolve("sparkgrad-libraries-" + Files.getAttribute(Path.of("/proc/self"), "unix:uid")));

        assertEquals(expected, probe(Map.of(), options));
        String without = probe(Map.of(), List.of("-Dorg.bytedeco.javacpp.cachedir=" + shared(unpacked)));
        assertTrue(without.startsWith("Java "), without);
    }

    /** Overwrites all libraries with zeros, but keeps their sizes and times, which JavaCPP compares. */
    private static void damage(Path unpacked) throws IOException {
        try (Stream<Path> files = Files.walk(unpacked)) {
            for (Path library : files.filter(Files::isRegularFile).toList()) {
                FileTime written = Files.getLastModifiedTime(library);
                Files.write(library, new byte[Math.toIntExact(Files.size(library))]);
                Files.setLastModifiedTime(library, written);
            }
        }
    }

    private static void plant(Path unpacked, Path place) throws Exception {
        assertEquals(
                0,
                new ProcessBuilder("cp", "-a", unpacked.toString(), place.toString())
                        .start()
                        .waitFor());
        shared(place);
    }

    private static Path shared(Path place) throws IOException {
        return Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @Test
    void isLeftOutWhereItCannotBeUnpacked() throws Exception {
        String without = probe(Map.of(), List.of("-Duser.home=/proc/nowhere", "-Djava.io.tmpdir=/proc/nowhere"));
        assertTrue(without.startsWith("Java "), without);
    }

    @Test
    void severalUnpackAtOnce() throws Exception {
        List<Process> probes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            probes.add(start(Map.of(), List.of("-Duser.home=" + folder)));
        }
        String expected = output(probes.get(0));
        assertTrue(expected.startsWith("OpenBLAS"), expected);
        for (Process probe : probes.subList(1, probes.size())) {
            assertEquals(expected, output(probe));
        }
    }

    private static String probe(Map<String, String> environment, List<String> options, Path... libraries)
            throws Exception {
        return output(start(environment, options, libraries));
    }

    private static Process start(Map<String, String> environment, List<String> options, Path... libraries)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path"), BitsProbe.class.getName()));
        Stream.of(libraries).map(Path::toString).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("OPENBLAS_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String output(Process process) throws Exception {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text.strip();
    }
}
