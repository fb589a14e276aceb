package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.problem.ExitCode;

/** Columns that move between files, rows without a label, and features that are called as what a model adds. */
@TestInstance(Lifecycle.PER_CLASS)
class ColumnCasesTest {
    private CommandRuns runs;
    private Path folder;

    @BeforeAll
    void copyCases(@TempDir Path temporary) throws IOException {
        folder = temporary;
        runs = new CommandRuns(folder);
        for (String name : List.of(
                "initial-model-levels/day1.csv",
                "initial-model-levels/day2.csv",
                "missing-label/m.csv",
                "headers/outputs.csv")) {
            Path copy = folder.resolve(name);
            Files.createDirectories(copy.getParent());
            Files.copy(Path.of("src/test/resources/cases").resolve(name), copy);
        }
    }

    @AfterEach
    void removeOutputs() {
        runs.names().stream().filter(name -> name.startsWith("out")).forEach(runs::delete);
    }

    @Test
    void anInitialModelIsFoundByItsFeaturesNames() {
        String columns = " --header --label y --reg-param 0.01 --precision double ";
        runs.ok("train --output @out1 --data @initial-model-levels/day1.csv" + columns);
        runs.ok("evaluate --model @out1/model --output @out2 --header --data @initial-model-levels/day2.csv");
        runs.ok("train --output @out3 --initial-model @out1/model --max-iter 0 --data @initial-model-levels/day2.csv"
                + columns);
        JsonNode known = runs.json("out2/summary.json").path("metrics");
        JsonNode started = runs.json("out3/summary.json").path("metrics").path("train");
        for (String metric : List.of("accuracy", "logLoss", "areaUnderROC")) {
            assertEquals(known.path(metric).asDouble(), started.path(metric).asDouble(), 1e-9, metric);
        }
    }

    @Test
    void featuresOfOneSideAloneAreSaid() throws IOException {
        Files.writeString(folder.resolve("a.csv"), "x,c,y\n1,red,0\n2,blue,1\n3,red,0\n5,blue,1\n");
        Files.writeString(folder.resolve("b.csv"), "c,z,y\nblue,1,0\ngreen,2,1\nblue,0,1\ngreen,1,0\n");
        Files.writeString(folder.resolve("c.csv"), "u,v,y\n1,1,0\n2,2,1\n3,0,1\n");
        runs.ok("train --header --reg-param 0.1 --output @out1 --data @a.csv");
        CommandRuns.Ended ended = runs.run(
                "train --header --reg-param 0.1 --initial-model @out1/model --max-iter 0 --output @out2 --data @b.csv");
        assertEquals(ExitCode.OK, ended.code(), ended.err());
        assertTrue(ended.err().contains("the initial model has no features c=green, z: they start at 0"), ended.err());
        assertTrue(ended.err().contains("the data have no features x, c=red of the initial model"), ended.err());
        ended = runs.run("train --header --initial-model @out1/model --output @out3 --data @c.csv");
        assertEquals(ExitCode.DATA, ended.code());
        assertTrue(ended.message().contains("and the data have u, v: name one of the same columns"), ended.message());
    }

    @Test
    void rowsWithoutALabelAreRefusedOrLeftOut() {
        String data = " --header --data @missing-label/m.csv";
        runs.refused(ExitCode.DATA, "train --output @out" + data, "m.csv line 5 has no label in column y", true);
        runs.ok("train --missing-label drop --reg-param 0.01 --output @out1" + data);
        JsonNode read = runs.json("out1/summary.json").path("data");
        long dropped =
                read.path("read").path("records").asLong() - read.path("rows").asLong();
        assertTrue(dropped > 0);
        assertTrue(read.path("read").path("notes").toString().contains(dropped + " rows have no label in column y"));
        runs.refused(
                ExitCode.DATA, "evaluate --model @out1/model" + data, "m.csv line 5 has no label in column y", false);
        runs.ok("evaluate --missing-label drop --model @out1/model --output @out2" + data);
        assertEquals(
                read.path("rows").asLong(),
                runs.json("out2/summary.json").path("data").path("rows").asLong());
    }

    @Test
    void featuresMayBeCalledAsWhatAModelAdds() {
        runs.ok("train --header --reg-param 0.01 --output @out1 --data @headers/outputs.csv");
        runs.ok("evaluate --header --model @out1/model --data @headers/outputs.csv");
        runs.ok("predict --header --model @out1/model --output @out2 --data @headers/outputs.csv");
        assertEquals(
                "prediction,probability,rawPrediction,features,_prediction,probability_0,probability_1",
                firstLine("out2"));
        runs.ok("predict --header --model @out1/model --output @out3 --data @out2");
        assertTrue(firstLine("out3").endsWith("__prediction,_probability_0,_probability_1"), firstLine("out3"));
        runs.ok("evaluate --header --model @out1/model --data @out2");
    }

    private String firstLine(String output) {
        try (var files = Files.list(folder.resolve(output))) {
            Path first = files.filter(file -> file.toString().endsWith(".csv"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(first).get(0);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
