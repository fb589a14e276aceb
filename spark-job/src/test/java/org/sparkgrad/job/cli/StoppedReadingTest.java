package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.ExitCode;

/** A file is not called damaged when the process that reads it is stopped, or has no memory for it. */
class StoppedReadingTest {
    private static final int TERMINATED = 128 + 15;
    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    private Path folder;

    private List<String> train(String heap) {
        List<String> line = new ArrayList<>(MainProcess.commandLine(
                "train --header --data " + folder.resolve("data.csv") + " --output " + folder.resolve("out")));
        line.add(line.indexOf("-cp"), heap);
        return line;
    }

    private Path write(int megabytes, String unit) throws IOException {
        Path file = folder.resolve("data.csv");
        byte[] block = unit.repeat(MEBIBYTE / unit.length()).getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write("x,label\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < megabytes; i++) {
                out.write(block);
            }
        }
        return file;
    }

    @Test
    void aSignal() throws Exception {
        write(200, "1,a\n2,b\n");
        Process process =
                new ProcessBuilder(train("-Xmx1g")).redirectErrorStream(true).start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.append(line).append('\n');
                if (line.startsWith("engine ")) { // the next line would be that it has read
                    process.toHandle().destroy(); // which leaves its output open
                }
            }
        }
        assertEquals(TERMINATED, process.waitFor(), said::toString);
        assertFalse(said.toString().contains("read 1 file"), said::toString);
        assertFalse(said.toString().contains("damaged"), said::toString);
    }

    @Test
    void noMemory() throws Exception {
        write(300, "1"); // one line
        MainProcess.Ended ended = MainProcess.run(folder, java.util.Map.of(), train("-Xmx300m"));
        assertEquals(ExitCode.RESOURCES.status(), ended.status(), ended.err());
        assertTrue(ended.err().contains("emory"), ended.err());
        assertFalse(ended.err().contains("damaged"), ended.err());
    }
}
