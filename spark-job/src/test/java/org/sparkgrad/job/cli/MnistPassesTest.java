package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.RealData;

/** The digits' optimum in less than half of plain L-BFGS's 224 passes. */
class MnistPassesTest {
    private static final double OPTIMUM = 0.259248295;
    private static final int PASSES = 90;

    @TempDir
    Path folder;

    @Test
    void autoIsWithinATenThousandth() {
        Path mnist = RealData.folder("mnist");
        CommandRuns runs = new CommandRuns(folder);
        runs.ok(
                "train --format idx --reg-param 1e-4 --standardization false --max-iter 80 --tol 0 --output @out --data "
                        + mnist.resolve("train-images-idx3-ubyte.gz") + " --labels "
                        + mnist.resolve("train-labels-idx1-ubyte.gz"));
        JsonNode summary = runs.json("out/summary.json");
        assertEquals("gram-lbfgs", summary.at("/optimizer/name").asText());
        assertTrue(
                summary.path("passes").asInt() <= PASSES, summary.path("passes").asText());
        assertEquals(OPTIMUM, summary.path("objective").asDouble(), 1e-4 * OPTIMUM);
    }
}
