package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.problem.ExitCode;

/** Places that cannot take a result; an earlier result there stays whole. */
class BadOutputTest {
    private static final String TRAIN = "train --header --data @table.csv --max-iter 3 --output ";
    private static final String PREDICT = "predict --model @old/model --header --data @table.csv --output ";
    private static final String EVALUATE = "evaluate --model @old/model --header --data @table.csv --output ";

    /** Runs a command with a small file system at the first argument, which has room for the second and little more. */
    private static final String ON_A_SMALL_DISK = """
            disk=$1 old=$2
            size=$(du -sk "$old" | cut -f1)
            mount -t tmpfs -o size=$((size + 24))k tmpfs "$disk" && cp -r "$old" "$disk/out" || exit 99
            shift 2
            "$@"
            status=$?
            cd "$disk"
            find . -type f | LC_ALL=C sort | xargs -d '\\n' md5sum
            exit $status
            """;

    /** Runs a command with a file system at the first argument that has room for the second, in KB. */
    private static final String ON_ALMOST_NO_DISK = """
            mount -t tmpfs -o size=$(($2 + 8))k tmpfs "$1" && head -c 8192 /dev/zero >"$1/full" || exit 99
            shift 2
            "$@"
            """;

    private static final String OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e ";

    @TempDir
    private static Path folder;

    private static CommandRuns runs;
    private static Map<String, String> old = Map.of();

    @BeforeAll
    static void leaveAnOlderResult() throws IOException {
        runs = new CommandRuns(folder);
        Files.writeString(folder.resolve("table.csv"), "x,y,label\n1,2,a\n3,4,b\n5,7,a\n7,1,b\n");
        Files.writeString(folder.resolve("bad.csv"), "x,y,label\n1,2,a\n3,NaN,b\n5,7,a\n7,1,b\n");
        Files.writeString(folder.resolve("large.csv"), "x,y,label\n" + "1,2,a\n3,4,b\n".repeat(2000));
        runs.ok(TRAIN + "@old");
        old = files("old");
    }

    @AfterEach
    void theOlderResultIsWhole() throws IOException {
        assertEquals(old, files("old"));
        runs.names().stream().filter(name -> name.startsWith("out")).forEach(runs::delete);
    }

    @ParameterizedTest
    @ValueSource(strings = {TRAIN, EVALUATE, PREDICT})
    void anOutputThatExists(String command) {
        runs.refused(ExitCode.USAGE, command + "@old", "@old exists: choose another or add --overwrite", false);
    }

    @ParameterizedTest
    @ValueSource(strings = {TRAIN, EVALUATE, PREDICT})
    void anOutputThatIsNoResult(String command) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("out")).resolve("letters"), "dear");
        runs.refused(ExitCode.USAGE, command + "@out --overwrite", "@out exists and is not the result of a run", false);
        assertEquals("dear", Files.readString(folder.resolve("out/letters")));
    }

    @ParameterizedTest
    @ValueSource(strings = {TRAIN, EVALUATE, PREDICT})
    void aPlaceBelowAFile(String command) {
        runs.refused(ExitCode.USAGE, command + "@table.csv/out", "@table.csv/out cannot be written", false);
    }

    @Test
    void aFolderWithoutPermission() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("outer"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(closed), "this user may write everywhere");
        runs.refused(ExitCode.USAGE, TRAIN + "@outer/out", "@outer/out cannot be written", false);
    }

    @Test
    void anOutputAroundTheData() {
        runs.refused(
                ExitCode.USAGE, "train --data @old/x.csv --output @old --overwrite", "holds the training data", false);
    }

    @Test
    void aFailureKeepsTheOlderResult() {
        runs.ok(TRAIN + "@out");
        runs.refused(
                ExitCode.DATA,
                "train --header --data @bad.csv --overwrite --output @out",
                "bad.csv line 3 has no number in column y",
                true);
        assertEquals("succeeded", runs.json("out/summary.json").path("status").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"train --max-iter 3", "predict --model OLD/model"})
    void aFullDisk(String command) throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        List<String> line =
                new ArrayList<>(List.of("sh", "-c", "exec unshare -rm sh -c \"$0\" sh \"$@\"", ON_A_SMALL_DISK));
        line.addAll(List.of(disk.toString(), folder.resolve("old").toString()));
        MainProcess.Ended probe = MainProcess.run(
                folder,
                Map.of(),
                Stream.concat(line.stream(), Stream.of("true")).toList());
        assumeTrue(probe.status() == 0, "no file system of its own may be mounted here: " + probe.err());
        line.addAll(MainProcess.commandLine(
                command.replace("OLD", folder.resolve("old").toString()) + " --header --overwrite --data "
                        + folder.resolve("large.csv") + " --output " + disk.resolve("out")));
        MainProcess.Ended ended = MainProcess.run(folder, Map.of(), line);
        assertEquals(ExitCode.RESOURCES.status(), ended.status(), ended.err());
        assertTrue(ended.err().contains("sparkgrad: disk full: "), ended.err());
        assertTrue(ended.err().contains(disk.toString()), ended.err());
        String failed = ended.out()
                .lines()
                .filter(left -> left.contains("/out.failed/summary.json"))
                .findFirst()
                .orElse("no summary");
        assertFalse(failed.startsWith(OF_NOTHING), failed);
        assertFalse(ended.err().contains("\tat "), ended.err());
        assertEquals(
                probe.out(),
                ended.out()
                        .lines()
                        .filter(left -> !left.contains("/out.failed/"))
                        .collect(Collectors.joining("\n", "", "\n")),
                "the older result, whole, and nothing else");
    }

    /** The last has room for what comes before saving. */
    @ParameterizedTest
    @CsvSource({"0, cpu", "200, cpu", "200, opencl", "4000, cpu"})
    void aFullTemporaryFolder(String room, String engine) throws Exception {
        Path disk = Files.createDirectories(folder.resolve("temporary"));
        List<String> line = new ArrayList<>(List.of(
                "sh", "-c", "exec unshare -rm sh -c \"$0\" sh \"$@\"", ON_ALMOST_NO_DISK, disk.toString(), room));
        MainProcess.Ended probe = MainProcess.run(
                folder,
                Map.of(),
                Stream.concat(line.stream(), Stream.of("true")).toList());
        assumeTrue(probe.status() == 0, "no file system of its own may be mounted here: " + probe.err());
        List<String> command = new ArrayList<>(MainProcess.commandLine("train --max-iter 3 --header --engine " + engine
                + " --data " + folder.resolve("large.csv") + " --output " + folder.resolve("out")));
        command.add(1, "-Djava.io.tmpdir=" + disk);
        line.addAll(command);
        MainProcess.Ended ended = MainProcess.run(folder, Map.of(), line);
        assertTrue(ended.status() == 0 || ended.status() == ExitCode.RESOURCES.status(), ended.err());
        assertTrue(ended.status() == 0 || ended.err().contains("sparkgrad: disk full: " + disk), ended.err());
        assertFalse(ended.err().contains("\tat "), ended.err());
        boolean trained = ended.err().contains("after 3 steps");
        assertEquals(trained, runs.names().contains("out") || Files.exists(folder.resolve("out.failed/model.json")));
    }

    private static Map<String, String> files(String name) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.resolve(name))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), java.util.Arrays.toString(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
