package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A helper of a made-up machine, which records its options and whether Linux would let it become root. */
class NvidiaDeviceFilesTest {
    @TempDir
    Path root;

    private Path calls;

    @BeforeEach
    void helper() throws IOException {
        calls = root.resolve("calls");
        Path helper = root.resolve("usr/bin/nvidia-modprobe");
        Files.createDirectories(helper.getParent());
        Files.createDirectories(root.resolve("dev"));
        Files.writeString(helper, """
                #!/bin/sh
                echo "$*; $(grep NoNewPrivs /proc/self/status | tr -d '[:space:]')" >>%s
                """.formatted(calls));
        assertTrue(helper.toFile().setExecutable(true));
    }

    @Test
    void everyCardOfAFreshMachine() throws IOException {
        for (String card : List.of("0000:17:00.0", "0000:65:00.0", "0000:ca:00.0")) {
            Files.createDirectories(root.resolve("proc/driver/nvidia/gpus").resolve(card));
        }
        new NvidiaDeviceFiles(root).make();
        assertEquals(
                List.of("-u -c 0", "-c 1 -c 2"),
                Files.readAllLines(calls).stream()
                        .map(line -> line.replaceFirst(";.*", ""))
                        .toList());
    }

    @Test
    void filesThatAreThereStay() throws IOException {
        Files.createFile(root.resolve("dev/nvidia-uvm"));
        new NvidiaDeviceFiles(root).make();
        assertFalse(Files.exists(calls));
    }

    @Test
    void noHelperIsNoError() throws IOException {
        Files.delete(root.resolve("usr/bin/nvidia-modprobe"));
        new NvidiaDeviceFiles(root).make();
        assertFalse(Files.exists(calls));
    }

    /** Why the helper runs before the filter, and not on demand of the driver. */
    @Test
    void theDriverThreadMayNotRaisePrivilegesAndOthersMay() throws IOException {
        assumeTrue(
                Files.readString(Path.of("/proc/self/status")).contains("NoNewPrivs:\t0"),
                "programs of this whole process cannot become root");
        new NvidiaDeviceFiles(root).make();
        DriverThread.call(() -> {
            new NvidiaDeviceFiles(root).make();
            return root;
        });
        assertEquals(List.of("-u -c 0; NoNewPrivs:0", "-u -c 0; NoNewPrivs:1"), Files.readAllLines(calls));
    }
}
