package org.sparkgrad.gpu.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {
    @TempDir
    Path folder;

    @Test
    void isTheFirstModelName() throws IOException {
        assertEquals(
                "Some CPU @ 2.4GHz",
                read("processor\t: 0\nmodel name\t: Some CPU @ 2.4GHz\nmodel name\t: Other\n")
                        .name());
    }

    @Test
    void isElseTheArchitecture() throws IOException {
        String architecture = System.getProperty("os.arch");
        assertEquals(architecture, read("processor\t: 0\nBogoMIPS\t: 50.00\n").name());
        assertEquals(architecture, read("model name\t: \n").name());
        assertEquals(architecture, Processor.read(folder.resolve("absent")).name());
    }

    @Test
    void hasTheInstructionSetsOfItsFlags() throws IOException {
        Processor server = read("flags\t\t: fpu fma avx2 avx512f avx512cd avx512bw avx512dq avx512vl\n");
        assertTrue(server.hasAvx512());
        assertTrue(server.hasAvx2());
        Processor desktop = read("flags\t\t: fpu fma avx2 avx512f\n");
        assertFalse(desktop.hasAvx512());
        assertTrue(desktop.hasAvx2());
        assertFalse(read("Features\t: fp asimd\n").hasAvx2());
    }

    private Processor read(String text) throws IOException {
        return Processor.read(Files.writeString(folder.resolve("cpuinfo"), text));
    }
}
