package org.sparkgrad.job.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.config.OutputSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

class OutputFolderTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    @Test
    void outputAppearsByPublishing() throws IOException {
        OutputFolder output = prepare(false);
        output.writeText("summary.json", "new");
        assertEquals(List.of("out.running"), names());

        output.publish();

        assertEquals(List.of("out"), names());
        assertEquals("new", Files.readString(folder.resolve("out/summary.json")));
        assertEquals(List.of(), notes);
    }

    @Test
    void anExistingOutputIsRefused() throws IOException {
        write("out/summary.json", "old");

        JobException problem = assertThrows(JobException.class, () -> prepare(false));

        assertEquals(ExitCode.USAGE, problem.exitCode());
        assertEquals(List.of("out"), names());
    }

    @Test
    void anOverwrittenOutputStaysUntilTheNewOneIsWhole() throws IOException {
        write("out/summary.json", "old");
        OutputFolder output = prepare(true);
        output.writeText("summary.json", "new");
        assertEquals("old", Files.readString(folder.resolve("out/summary.json")));

        output.publish();

        assertEquals(List.of("out"), names());
        assertEquals("new", Files.readString(folder.resolve("out/summary.json")));
    }

    @Test
    void aFolderThatIsNoResultIsNotOverwritten() throws IOException {
        write("out/letters.txt", "dear");

        assertEquals(
                ExitCode.USAGE,
                assertThrows(JobException.class, () -> prepare(true)).exitCode());
        assertEquals("dear", Files.readString(folder.resolve("out/letters.txt")));
    }

    @Test
    void whatAKilledRunLeftIsRemovedWithANote() throws IOException {
        write("out.running/model/part", "half");
        write("out.running/_lock/00000001.json", "");
        write("out.running/_lock/00000001.left", "");

        OutputFolder output = prepare(false);

        assertEquals(1, notes.size());
        assertTrue(notes.get(0).contains("out.running"), notes.get(0));
        output.publish();
        assertEquals(List.of("out"), names());
        assertTrue(Files.notExists(folder.resolve("out/model")));
    }

    @Test
    void aResultThatAKilledRunHadSetAsideComesBack() throws IOException {
        write("out.replaced/summary.json", "old");

        assertThrows(JobException.class, () -> prepare(false));

        assertEquals(List.of("out"), names());
        assertEquals("old", Files.readString(folder.resolve("out/summary.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.running", "out.failed", "out.replaced"})
    void aFolderOfSomebodyElseIsNotEmptied(String name) throws IOException {
        write(name + "/letters.txt", "dear");

        JobException problem = assertThrows(JobException.class, () -> prepare(true));

        assertEquals(ExitCode.USAGE, problem.exitCode());
        assertTrue(String.valueOf(problem.getMessage()).contains(name + " is in the way"), problem.getMessage());
        assertEquals("dear", Files.readString(folder.resolve(name + "/letters.txt")));
        assertEquals(List.of(name), names());
    }

    @Test
    void aResultThatWasReplacedIsRemoved() throws IOException {
        write("out/summary.json", "new");
        write("out.replaced/summary.json", "old");

        prepare(true).publish();

        assertEquals(List.of("out"), names());
    }

    @Test
    void aFailureLeavesItsSummaryAndTheOldResult() throws IOException {
        write("out/summary.json", "old");
        write("out.failed/summary.json", "earlier failure");
        write("out.failed/model.json", "earlier model");
        OutputFolder output = prepare(true);
        output.writeText("half", "half");

        output.fail("failed", true);

        assertEquals(List.of("out", "out.failed"), names());
        assertEquals("old", Files.readString(folder.resolve("out/summary.json")));
        assertEquals("failed", Files.readString(folder.resolve("out.failed/summary.json")));
        assertTrue(Files.notExists(folder.resolve("out.failed/model.json")));
    }

    @Test
    void aLaterSuccessRemovesTheFailure() throws IOException {
        prepare(false).fail("failed", true);

        prepare(false).publish();

        assertEquals(List.of("out"), names());
    }

    @Test
    void anOutputThatAppearedMeanwhileIsKeptAndSoIsTheResult() throws IOException {
        OutputFolder output = prepare(false);
        output.writeText("summary.json", "mine");
        write("out/summary.json", "theirs");

        JobException problem = assertThrows(JobException.class, output::publish);
        output.fail("failed", true);

        assertTrue(String.valueOf(problem.getMessage()).contains("out.running"), problem.getMessage());
        assertEquals("theirs", Files.readString(folder.resolve("out/summary.json")));
        assertEquals("mine", Files.readString(folder.resolve("out.running/summary.json")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "a:b", "file:///", "nosuchsystem://host/out", "file.txt/out"})
    void aPlaceThatCannotBeWrittenIsAUsageProblem(String place) throws IOException {
        write("file.txt", "a file");
        String path = place.startsWith("file.txt") ? folder.resolve(place).toString() : place;

        JobException problem = assertThrows(
                JobException.class,
                () -> OutputFolder.prepare(new Configuration(), new OutputSettings(path, true), notes::add));

        assertEquals(ExitCode.USAGE, problem.exitCode());
        assertTrue(String.valueOf(problem.getMessage()).startsWith("output "), problem.getMessage());
    }

    private OutputFolder prepare(boolean overwrite) {
        return OutputFolder.prepare(
                new Configuration(), new OutputSettings(folder.resolve("out").toString(), overwrite), notes::add);
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(file, text);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
