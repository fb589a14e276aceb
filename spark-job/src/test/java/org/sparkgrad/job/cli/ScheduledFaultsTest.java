package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.PipelineModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** Runs that are killed at each stage, and two at once. */
class ScheduledFaultsTest {
    private static final int KILLED = 128 + 9;

    @TempDir
    private Path folder;

    private String scheduled(String runId) {
        return "scheduled --config ../conf/scheduled.conf --registry %s/registry --data %s/pets/{date} --run-id %s"
                        .formatted(folder, folder, runId)
                + " --generate-rows 2000 --minimum-rows 1000 --engine cpu";
    }

    private CommandRuns.Ended run(String runId) {
        CommandRuns.Ended ended = new CommandRuns(folder).run(scheduled(runId));
        assertEquals(ExitCode.OK, ended.code(), ended.err());
        return ended;
    }

    private JsonNode show() throws Exception {
        return new ObjectMapper()
                .readTree(new CommandRuns(folder)
                        .run("models show --registry @registry --json")
                        .out());
    }

    /** Loads what is served with stock Spark and returns its version. */
    private int served() throws Exception {
        JsonNode shown = show();
        PipelineModel.load(shown.path("path").asText() + "/model");
        return shown.path("promoted").asInt();
    }

    @Test
    void aRunKilledAtAnyStageLeavesAModelServedAndTheNextStartGoesOn() throws Exception {
        run("2026-01-01");
        Map<String, Integer> servedAfterKill = new LinkedHashMap<>();
        for (String line : List.of("reading", "training", "evaluating", "writing", "promoting")) {
            servedAfterKill.put("run 2026-01-02: " + line, 1);
        }
        servedAfterKill.put("version 2 is promoted", 2);
        servedAfterKill.put("run 2026-01-02: cleaning", 2);
        for (var kill : servedAfterKill.entrySet()) {
            MainProcess.Ended ended = MainProcess.run(
                    folder, Map.of(), KilledCommand.commandLine(kill.getKey(), scheduled("2026-01-02")));
            assertEquals(KILLED, ended.status(), ended.err());
            assertEquals(kill.getValue(), served(), kill.getKey());
        }
        assertTrue(run("2026-01-02").out().contains("was done before: it promoted version 2"));
        run("2026-01-03");

        JsonNode shown = show();
        assertEquals(3, shown.path("promoted").asInt());
        assertEquals(3, shown.path("versions").size());
        List<String> story = new ArrayList<>();
        shown.path("runs")
                .forEach(run -> story.add(run.path("runId").asText().substring(8) + " "
                        + (run.path("status").asText().equals("killed")
                                ? run.path("reasons").get(0).asText()
                                : run.path("status").asText())));
        assertEquals(
                List.of(
                        "01 promoted",
                        "02 killed: reading",
                        "02 killed: training",
                        "02 killed: evaluating",
                        "02 killed: writing",
                        "02 killed: promoting",
                        "02 killed: promoting",
                        "02 promoted",
                        "02 killed: cleaning",
                        "03 promoted"),
                story);
        assertEquals(
                List.of(1, 2, 3),
                List.of(
                        shown.path("versions").get(0).path("version").asInt(),
                        shown.path("versions").get(1).path("version").asInt(),
                        shown.path("versions").get(2).path("version").asInt()));
        assertFalse(Files.exists(folder.resolve("registry/models/pets/candidates")), "what was killed is cleaned up");
    }

    @Test
    void aStartDuringARunSaysWhoRunsAndTrainsNothing() throws Exception {
        List<CommandRuns.Ended> second = new ArrayList<>();
        PrintStream err = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                if (line.equals("run 2026-01-01: training")) {
                    second.add(new CommandRuns(folder).run(scheduled("2026-01-01")));
                }
            }
        };
        TestSpark.session("local[2]");
        ExitCode first = Main.run(
                List.of(scheduled("2026-01-01").split(" ")), MainTest.printTo(new ByteArrayOutputStream()), err);
        assertEquals(ExitCode.OK, first);
        assertEquals(1, second.size());
        assertEquals(ExitCode.OK, second.get(0).code(), second.get(0).err());
        String said = second.get(0).out();
        assertTrue(said.startsWith("run 2026-01-01 of "), said);
        assertTrue(
                said.contains("(process %d)".formatted(ProcessHandle.current().pid())), said);
        assertTrue(said.contains("is under way (training): nothing to do"), said);
        assertEquals(1, show().path("versions").size());
        assertEquals(1, show().path("runs").size());
    }
}
