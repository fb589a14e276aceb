package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;

class InputFilesTest {
    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        for (String name : List.of("a.csv", "b.csv", "d/c.csv", "d/e/f.csv", "_SUCCESS", ".a.crc", "[x].csv")) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "1");
        }
        Files.createFile(folder.resolve("empty.csv"));
    }

    @Test
    void filesFoldersAndGlobsInPathOrder() {
        assertEquals(List.of("[x].csv", "a.csv", "b.csv"), list(""));
        assertEquals(
                List.of("the folders within file:" + folder + " are not read: d"),
                InputFiles.list(spark, List.of(folder.toString())).notes());
        assertEquals(List.of("a.csv", "b.csv"), list("b.csv", "?.csv", "a.csv"));
        assertEquals(List.of("a.csv", "d/c.csv"), list("d", "{a,z}.csv"));
        assertEquals(List.of("d/c.csv", "d/e/f.csv"), list("d", "d/*"));
        assertEquals(List.of("[x].csv"), list("[x].csv"));
    }

    @Test
    void aPathWithoutDataIsNamed() throws IOException {
        assertDataProblem(() -> list("no.csv"), folder.resolve("no.csv"));
        assertDataProblem(() -> list("a.csv", "*.txt"), folder.resolve("*.txt"));
        assertDataProblem(() -> list("empty.csv"), folder.resolve("empty.csv"), "empty");
        Files.createDirectories(folder.resolve("nights/1"));
        Files.writeString(folder.resolve("nights/1/a.csv"), "1");
        assertDataProblem(() -> list("nights"), "holds no files but the folders 1: name those to read, or all with");
        assertDataProblem(() -> InputFiles.list(spark, List.of("nofs://x/y")), "nofs://x/y");
    }

    private List<String> list(String... names) {
        List<String> paths =
                Stream.of(names).map(name -> folder.resolve(name).toString()).toList();
        return InputFiles.list(spark, paths).paths().stream()
                .map(file -> folder.relativize(Path.of(file.toUri().getPath())).toString())
                .toList();
    }

    @Test
    void foldersMayHoldColumns() throws IOException {
        write("h/c=DE/d=07/a.csv");
        write("h/c=a%2Fb/d=__HIVE_DEFAULT_PARTITION__/a.csv");
        List<InputFile> files =
                InputFiles.list(spark, List.of(folder.resolve("h").toString())).files();
        assertEquals(
                List.of(new PartitionValue("c", "DE"), new PartitionValue("d", "07")),
                files.get(0).partitions());
        assertEquals(
                List.of(new PartitionValue("c", "a/b"), new PartitionValue("d", null)),
                files.get(1).partitions());
        write("h/c=FR/a.csv");
        assertDataProblem(() -> list("h"), "read files of the same columns");
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "1");
    }
}
