package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.ExitCode;

/** An engine that was asked for, and devices that are not there. */
class BadDevicesTest {
    private static final String TRAIN = "train --header --data @table.csv --engine opencl --output @out ";

    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void writeTable() throws Exception {
        runs = new CommandRuns(folder);
        Files.writeString(folder.resolve("table.csv"), "x,y,label\n1,2,a\n3,4,b\n5,7,a\n7,1,b\n");
    }

    @Test
    void anAddressBeyondTheDevices() {
        runs.refused(ExitCode.RESOURCES, TRAIN + "--devices 99", "there is no OpenCL device at address 99: ", true);
    }

    @Test
    void noDeviceAtAll() throws Exception {
        Path noPlatforms = Files.createDirectory(folder.resolve("vendors"));
        MainProcess.Ended ended = MainProcess.run(
                folder,
                Map.of("OCL_ICD_VENDORS", noPlatforms.toString()),
                MainProcess.commandLine(TRAIN.replace("@", folder + "/")));
        assertEquals(ExitCode.RESOURCES.status(), ended.status(), ended.err());
        assertFalse(ended.err().contains("\tat "), ended.err());
        assertTrue(ended.err().contains("sparkgrad: there is no OpenCL device at address 0: "), ended.err());
        assertTrue(ended.err().contains("no platform file: " + noPlatforms + " has no .icd file"), ended.err());
        assertEquals("", ended.out());
        assertEquals(
                "failed", runs.json("out.failed/summary.json").path("status").asText());
        assertFalse(runs.names().contains("out") || runs.names().contains("out.running"));
    }
}
