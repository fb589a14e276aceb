package org.sparkgrad.gpu.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The diagnosis on made-up machines. */
class OpenClDiagnosisTest {
    @TempDir
    private Path root;

    @Test
    void nothingIsMissingOnAWholeMachine() throws IOException {
        wholeMachine();
        assertEquals(List.of(), problems(Map.of()));
    }

    @Test
    void anEmptyMachineLacksLoaderGpuAndPlatform() {
        assertProblems(Map.of(), "no loader: libOpenCL.so.1", "no GPU: ", "no platform file: /etc/OpenCL/vendors");
    }

    @Test
    void aGpuWithoutItsDriver() throws IOException {
        wholeMachine();
        Files.delete(root.resolve("usr/lib64/libnvidia-opencl.so.1"));
        assertProblems(
                Map.of(), "no driver: there is an NVIDIA GPU", "no driver: /etc/OpenCL/vendors/nvidia.icd names");
    }

    @Test
    void aDriverWithoutAPlatformFileTellsTheVariable() throws IOException {
        wholeMachine();
        Files.delete(root.resolve("etc/OpenCL/vendors/nvidia.icd"));
        assertProblems(Map.of(), "no platform file: ");
        assertTrue(problems(Map.of()).get(0).contains("export OCL_ICD_VENDORS=libnvidia-opencl.so.1"));
        assertEquals(List.of(), problems(Map.of("OCL_ICD_VENDORS", "libnvidia-opencl.so.1")));
        assertProblems(Map.of("OCL_ICD_VENDORS", "libother.so"), "no driver: OCL_ICD_VENDORS names libother.so");
        write("opt/lib/libother.so", "");
        assertEquals(List.of(), problems(Map.of("OCL_ICD_VENDORS", "libother.so", "LD_LIBRARY_PATH", "/x:/opt/lib")));
    }

    @Test
    void aDeviceThatMayNotBeOpened() throws IOException {
        wholeMachine();
        write("dev/dri/renderD128", "");
        List<String> problems = new OpenClDiagnosis(root, Map.of(), file -> !file.endsWith("renderD128")).problems();
        assertEquals(1, problems.size());
        assertTrue(problems.get(0).startsWith("no permission: /dev/dri/renderD128"), problems.get(0));
    }

    @Test
    void aDeviceWithoutDoubles() {
        GpuDevice device = new GpuDevice(0, GpuDevice.Type.GPU, "small", "v", "OpenCL 3.0", 8, 1 << 30, 1 << 28, false);
        assertTrue(OpenClDiagnosis.problemsOf(device).get(0).startsWith("no fp64: device 0 (small)"));
    }

    private void wholeMachine() throws IOException {
        write("usr/lib64/libOpenCL.so.1", "");
        write("usr/lib64/libnvidia-opencl.so.1", "");
        write("etc/OpenCL/vendors/nvidia.icd", "libnvidia-opencl.so.1\n");
        write("dev/nvidia0", "");
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(root.resolve(name).getParent());
        Files.writeString(root.resolve(name), text);
    }

    private List<String> problems(Map<String, String> environment) {
        return new OpenClDiagnosis(root, environment, file -> true).problems();
    }

    private void assertProblems(Map<String, String> environment, String... starts) {
        List<String> problems = problems(environment);
        assertEquals(starts.length, problems.size(), problems::toString);
        for (int i = 0; i < starts.length; i++) {
            assertTrue(problems.get(i).startsWith(starts[i]), problems.get(i));
        }
    }
}
