package org.sparkgrad.job.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.output.OutputFolder;

/** A process that fills an output until its input ends. */
public final class OutputHolder {
    private static final String READY = "ready";

    private OutputHolder() {}

    /**
     * Starts one and waits until it has the output.
     *
     * @param before what the command line begins with
     */
    public static Process start(Path output, String... before) throws IOException {
        List<String> line = new ArrayList<>(List.of(before));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), OutputHolder.class.getName()));
        line.add(output.toString());
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder log = new StringBuilder();
        for (String text = said.readLine(); !READY.equals(text); text = said.readLine()) {
            if (text == null) {
                throw new IOException("it has ended: " + log);
            }
            log.append(text).append('\n');
        }
        return process;
    }

    public static void main(String[] args) throws IOException {
        OutputFolder output = OutputFolder.prepare(new Configuration(), new OutputSettings(args[0], false), note -> {});
        System.out.println(READY);
        System.in.readAllBytes();
        output.writeText("summary.json", "{}");
        output.publish();
    }
}
