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
        assertEquals(List.of("[x].csv", "a.csv", "b.csv", "d/c.csv", "d/e/f.csv"), list(""));
        assertEquals(List.of("a.csv", "b.csv"), list("b.csv", "?.csv", "a.csv"));
        assertEquals(List.of("a.csv", "d/c.csv", "d/e/f.csv"), list("d", "{a,z}.csv"));
        assertEquals(List.of("[x].csv"), list("[x].csv"));
    }

    @Test
    void aPathWithoutDataIsNamed() throws IOException {
        assertDataProblem(() -> list("no.csv"), folder.resolve("no.csv"));
        assertDataProblem(() -> list("a.csv", "*.txt"), folder.resolve("*.txt"));
        assertDataProblem(() -> list("empty.csv"), folder.resolve("empty.csv"), "empty");
        Files.createDirectories(folder.resolve("hive/label=1"));
        assertDataProblem(() -> list("hive"), "label=1");
        assertDataProblem(() -> InputFiles.list(spark, List.of("nofs://x/y")), "nofs://x/y");
    }

    private List<String> list(String... names) {
        List<String> paths =
                Stream.of(names).map(name -> folder.resolve(name).toString()).toList();
        return InputFiles.list(spark, paths).stream()
                .map(file -> folder.relativize(Path.of(file.toUri().getPath())).toString())
                .toList();
    }
}
