package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.ExitCode;

/** The scheduled and models commands as the documentation has them. */
class ScheduledCommandTest {
    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void start() {
        runs = new CommandRuns(folder);
    }

    private CommandRuns.Ended scheduled(String options) {
        return runs.run("scheduled --config ../conf/scheduled.conf --registry @registry --data @pets/{date}"
                + " --generate-rows 2000 --minimum-rows 1000 " + options);
    }

    private JsonNode show() throws Exception {
        CommandRuns.Ended shown = runs.run("models show --registry @registry --json");
        assertEquals(ExitCode.OK, shown.code(), shown.err());
        return new ObjectMapper().readTree(shown.out());
    }

    @Test
    void theExampleTrainsJudgesAndPromotesOnce() throws Exception {
        CommandRuns.Ended first = scheduled("--run-id 2026-01-01");
        assertEquals(ExitCode.OK, first.code(), first.err());
        JsonNode shown = show();
        assertEquals(1, shown.path("promoted").asInt());
        assertEquals(1, shown.path("versions").size());
        JsonNode version = shown.path("versions").get(0);
        assertEquals("2026-01-01", version.path("runId").asText());
        assertEquals("promoted", version.path("status").asText());
        assertTrue(version.path("objective").asDouble() > 0);
        assertTrue(version.path("metrics").path("validation").path("logLoss").asDouble() > 0);

        CommandRuns.Ended again = scheduled("--run-id 2026-01-01");
        assertEquals(ExitCode.OK, again.code(), again.err());
        assertTrue(again.out().contains("was done before"), again.out());
        assertEquals(shown, show());

        CommandRuns.Ended second = scheduled("--run-id 2026-01-02");
        assertEquals(ExitCode.OK, second.code(), second.err());
        assertTrue(second.err().contains("starts at version 1"), second.err());
        JsonNode manifest = runs.json("registry/models/pets/2/manifest.json");
        assertEquals(1, manifest.path("parent").asInt());
        assertTrue(manifest.path("warmStart").asBoolean());
        assertTrue(manifest.path("heldOut").path("promoted").path("logLoss").asDouble() > 0);
        assertEquals(
                manifest.path("heldOut").path("candidate").path("logLoss"),
                runs.json("registry/models/pets/2/summary.json")
                        .path("metrics")
                        .path("validation")
                        .path("logLoss"),
                "the saved model on the rows that training held out");
        JsonNode drift = runs.json("registry/models/pets/2/drift.json");
        assertEquals("1", drift.path("promoted").asText());
        assertEquals(
                manifest.path("heldOut").path("promoted").path("logLoss"),
                drift.path("measures").get(0).path("promoted"));
        String page = Files.readString(folder.resolve("registry/models/pets/2/report.html"));
        assertTrue(page.contains("\"name\":\"log loss\""), "the report shows it");
        assertTrue(page.contains("\"run\":\"pets, run 2026-01-02\""), "and its run");

        CommandRuns.Ended back = runs.run("models rollback --registry @registry");
        assertEquals(ExitCode.OK, back.code(), back.err());
        assertEquals(1, show().path("promoted").asInt());
        runs.ok("evaluate --model " + show().path("path").asText() + "/model --data @pets/2026-01-02 --header");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        CommandRuns.Ended ended = runs.run(
                "scheduled --data @{date} --run-id tonight --log-loss-margn 1 --name a/b --feature-deviation-ratio 0.5");
        assertEquals(ExitCode.USAGE, ended.code());
        for (String problem : new String[] {
            "--registry: missing",
            "--log-loss-margn: unknown option; did you mean --log-loss-margin?",
            "--name a/b: must be letters",
            "--feature-deviation-ratio 0.5: must be a number of at least 1",
            "the run id tonight begins with no date",
            "--validation-fraction: missing",
        }) {
            assertTrue(ended.message().contains(problem), problem + "\nis not in\n" + ended.message());
        }
    }

    @Test
    void modelsSaysWhatItNeeds() {
        assertTrue(runs.run("models").message().contains("there are list, show, promote, rollback"));
        assertTrue(runs.run("models shwo --registry @r").message().contains("did you mean show?"));
        assertTrue(runs.run("models show").message().contains("--registry: missing"));
        assertTrue(runs.run("models show --registry @r").message().contains("has no model yet"));
        assertEquals(ExitCode.OK, runs.run("models list --registry @r").code());
    }
}
