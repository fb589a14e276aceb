package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.gpu.device.RequiresOpenCl;

/** New JVMs in which an OpenCL driver compiles for the first time, when drivers replace the JVM's signal handlers. */
@RequiresOpenCl
class SignalsTest {
    @TempDir
    Path folder;

    @RepeatedTest(2)
    void theJvmKeepsItsSignals() throws Exception {
        ProcessBuilder probe = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BusyProbe.class.getName()))
                .redirectError(folder.resolve("errors").toFile());
        // PoCL caches compiled kernels there.
        probe.environment().put("POCL_CACHE_DIR", folder.toString());
        Process process = probe.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), "a JVM ended by a signal says 128 and its number");
        assertEquals("/ by zero", output.strip());
    }
}
