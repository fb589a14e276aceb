package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.gpu.device.GpuDevice;
import org.sparkgrad.gpu.device.GpuDevices;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.placement.ExecutorDevices;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.report.DevicesText;

class DevicesCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"devices --json", "devices --json --cluster"})
    void programsReadTheDevices(String arguments) throws IOException {
        TestSpark.session("local[2]");
        ExitCode code = Main.run(List.of(arguments.split(" ")), MainTest.printTo(out), MainTest.printTo(err));
        assertEquals(ExitCode.OK, code, err.toString(StandardCharsets.UTF_8));
        JsonNode answer = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
        assertEquals(1, answer.path("executors").size());
        JsonNode here = answer.path("executors").get(0);
        assertEquals("driver", here.path("executor").asText());
        assertEquals(GpuDevices.list().size(), here.path("devices").size());
        boolean gpu = GpuDevices.types().contains(GpuDevice.Type.GPU);
        assertEquals(gpu ? "opencl" : "cpu", answer.path("auto").asText());
    }

    @Test
    void peopleReadWhoHasWhatAndWhatIsMissing() {
        GpuDevice gpu = new GpuDevice(0, GpuDevice.Type.GPU, "big", "maker", "OpenCL 3.0", 8, 1L << 34, 1L << 32, true);
        String text = DevicesText.text(List.of(
                new ExecutorDevices("0", "a", List.of(gpu), List.of()),
                new ExecutorDevices("1", "b", List.of(), List.of("no loader: libOpenCL.so.1"))));
        assertEquals("""
                executor 0 on a
                address  type    memory  units  double        name
                0         gpu  16.0 GiB      8     yes  big, maker

                executor 1 on b
                no OpenCL device
                no loader: libOpenCL.so.1

                --engine auto takes cpu: there is no GPU
                """, text);
        assertTrue(ExecutorDevices.haveGpus(List.of(new ExecutorDevices("0", "a", List.of(gpu), List.of()))));
    }
}
