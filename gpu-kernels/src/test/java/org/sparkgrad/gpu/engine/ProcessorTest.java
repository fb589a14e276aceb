package org.sparkgrad.gpu.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.loss.LogisticLoss;

class ProcessorTest {
    @TempDir
    Path folder;

    @Test
    void isTheFirstModelName() throws IOException {
        assertEquals(
                "Some CPU @ 2.4GHz", read("processor\t: 0\nmodel name\t: Some CPU @ 2.4GHz\nmodel name\t: Other\n"));
    }

    @Test
    void isElseTheArchitecture() throws IOException {
        String architecture = System.getProperty("os.arch");
        assertEquals(architecture, read("processor\t: 0\nBogoMIPS\t: 50.00\n"));
        assertEquals(architecture, read("model name\t: \n"));
        assertEquals(architecture, Processor.read(folder.resolve("absent")));
    }

    @Test
    void isTheDeviceOfTheCpuEngine() {
        try (GradientEngine engine = new CpuEngine(new LogisticLoss(), 1, Precision.FLOAT, List.of())) {
            assertEquals(Processor.name(), engine.report().device());
            assertEquals("Java", engine.report().instructionSet());
        }
    }

    private String read(String text) throws IOException {
        return Processor.read(Files.writeString(folder.resolve("cpuinfo"), text));
    }
}
