package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sparkgrad.gpu.device.GpuDevices;

/** What a test may need and a machine may lack: real data, and an OpenCL device. */
public final class RealData {
    private RealData() {}

    /** Returns a data set's folder; the test is skipped, with the reason, where it is absent. */
    public static Path folder(String name) {
        String root = System.getenv("SPARKGRAD_DATA");
        Path folder = Path.of(root == null ? "" : root, name);
        assumeTrue(root != null && Files.isDirectory(folder), "no real data at " + folder);
        return folder;
    }

    /** Skips the test if it needs OpenCL and there is no device; fails it where SPARKGRAD_REQUIRE_OPENCL=1. */
    public static void assumeEngine(String engine) {
        if (engine.equals("opencl")) {
            boolean none = GpuDevices.list().isEmpty();
            assertFalse(none && "1".equals(System.getenv("SPARKGRAD_REQUIRE_OPENCL")), "no OpenCL device");
            assumeTrue(!none, "no OpenCL device");
        }
    }
}
