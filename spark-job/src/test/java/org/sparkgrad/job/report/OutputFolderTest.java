package org.sparkgrad.job.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

class OutputFolderTest {
    @TempDir
    private Path parent;

    private final List<String> notes = new ArrayList<>();

    private OutputFolder prepare(boolean overwrite) {
        OutputSettings settings = new OutputSettings(parent.resolve("out").toString(), overwrite);
        return OutputFolder.prepare(new Configuration(), settings, notes::add);
    }

    private String published(String child) throws IOException {
        return Files.readString(parent.resolve("out").resolve(child));
    }

    @Test
    void theOutputAppearsWholeByPublishing() throws IOException {
        OutputFolder folder = prepare(false);
        folder.writeText("summary.json", "{}");
        assertFalse(Files.exists(parent.resolve("out")));
        assertTrue(Files.exists(parent.resolve("out.running/summary.json")));
        folder.publish();
        assertEquals("{}", published("summary.json"));
        assertFalse(Files.exists(parent.resolve("out.running")));
    }

    @Test
    void anExistingOutputIsRefusedAndWithOverwriteKeptToTheEnd() throws IOException {
        OutputFolder first = prepare(false);
        first.writeText("summary.json", "1");
        first.publish();
        JobException refusal = assertThrows(JobException.class, () -> prepare(false));
        assertEquals(ExitCode.USAGE, refusal.exitCode());
        OutputFolder second = prepare(true);
        second.writeText("summary.json", "2");
        assertEquals("1", published("summary.json"));
        second.publish();
        assertEquals("2", published("summary.json"));
    }

    @Test
    void aFolderOfAnythingElseIsNeverReplaced() throws IOException {
        Files.createDirectories(parent.resolve("out"));
        Files.writeString(parent.resolve("out/thesis.tex"), "years of work");
        assertThrows(JobException.class, () -> prepare(true));
        assertEquals("years of work", published("thesis.tex"));
    }

    @Test
    void whatAKilledRunLeftIsRemovedWithANote() throws IOException {
        Files.createDirectories(parent.resolve("out.running/model"));
        prepare(false);
        assertTrue(notes.get(0).contains("out.running"), notes.toString());
        assertFalse(Files.exists(parent.resolve("out.running/model")));
    }

    @Test
    void aFailureLeavesItsSummaryAndTheEarlierOutput() throws IOException {
        OutputFolder first = prepare(false);
        first.writeText("summary.json", "1");
        first.publish();
        prepare(true).fail("why");
        assertEquals("1", published("summary.json"));
        assertEquals("why", Files.readString(parent.resolve("out.failed/summary.json")));
        assertFalse(Files.exists(parent.resolve("out.running")));
    }
}
