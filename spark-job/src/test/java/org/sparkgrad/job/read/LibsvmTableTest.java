package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.DataSettings.Format;

class LibsvmTableTest {
    private static final String SPLIT = "spark.sql.files.maxPartitionBytes";

    @TempDir
    private Path folder;

    @Test
    void aLineIsALabelAndWhatIsNotZero() throws IOException {
        Path a = write("a.libsvm", "\uFEFF+1 1:0.5\t3:-2e1  \r\n\r\n# a comment\r\n-1\r\n");
        Path b = write("b.libsvm", "1 5:1 # the last");
        Dataset<Row> table = read(settings(1, b, a), null);
        assertEquals(
                List.of("[1.0,(5,[0,2],[0.5,-20.0]),0]", "[-1.0,(5,[],[]),1]", "[1.0,(5,[4],[1.0]),2]"),
                table.orderBy(Table.ROW_NUMBER).collectAsList().stream()
                        .map(Row::toString)
                        .toList());
        Row zeroBased = read(settings(0, b), null).first();
        assertEquals("[1.0,(6,[5],[1.0]),0]", zeroBased.toString());
    }

    @Test
    void otherFilesGetTheWidthOfTheTrainingFiles() throws IOException {
        Path file = write("t.libsvm", "0 1:1\n1 4:2\n");
        assertEquals(
                "[0.0,(9,[0],[1.0]),0]",
                read(settings(1, file), 9).orderBy(Table.ROW_NUMBER).first().toString());
        assertDataProblem(
                () -> read(settings(1, file), 3),
                file,
                " line 2: the index 4 is beyond the 3 features of the training data.");
    }

    @ParameterizedTest
    @CsvSource({
        "'0 1:1\n1 0:1\n', line 2: the index 0",
        "'0 1:1\n\n1 0:1\n', use --index-base 0",
        "'0 3:1 2:1\n', line 1: the index 2 after 3",
        "'0 2:1 2:1\n', line 1: the index 2 after 2",
        "'0 1:x\n', 'line 1: the value \"x\" is no number'",
        "'0 1:\n', 'line 1: the value \"\" is no number'",
        "'0 1:1e999\n', line 1: the value 1e999 is not finite",
        "'0 1:1\nyes 1:1\n', 'line 2: the label \"yes\" is no number'",
        "'0 qid:1 1:1\n', 'line 1: qid: names the group of a ranking'",
        "'0 -1:1\n', 'line 1: the index \"-1\" is no whole number'",
        "'0 2147483647:1\n', is no whole number",
        "'0 7\n', 'line 1: \"7\" is no index:value'",
        "'# nothing\n', no rows",
        "'0\n1\n', No row of the files has a feature"
    })
    void wrongLinesAreNamed(String text, String words) throws IOException {
        Path file = write("wrong.libsvm", text);
        assertDataProblem(() -> read(settings(1, file), null), words);
    }

    @Test
    void rowAndLineNumbersDependOnNeitherCoresNorSplits() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append(i).append(i % 7 == 0 ? " 1:1 2:" + i + "\n\n" : " 3:" + i + "\r\n");
        }
        write("a.libsvm", text.toString());
        write("b.libsvm", "1000 1:1\n");
        DataSettings settings = settings(1, folder);
        SortedMap<Long, String> expected = rows("local[1]", "128m", settings);
        assertEquals(301, expected.size());
        assertEquals("1000.0 (3,[0],[1.0])", expected.get(300L));
        for (String split : List.of("64", "1000", "1001")) {
            assertEquals(expected, rows("local[4]", split, settings), split);
        }
        write("a.libsvm", text + "1 2:z\n" + text + "1 1:z\n");
        for (String split : List.of("64", "1000")) {
            assertDataProblem(() -> rows("local[4]", split, settings), "line 344: the value \"z\"");
        }
    }

    @Test
    void tabsSeparateTheCellsOfTsv() throws IOException {
        Dataset<Row> table = TableReader.read(
                        TestSpark.session("local[2]"),
                        TestSettings.text(Format.TSV, 1, write("a.tsv", "1\ta,b\n2\t\"c\td\"\n")))
                .rows();
        assertEquals(
                List.of("[1,a,b,0]", "[2,c\td,1]"),
                table.orderBy(Table.ROW_NUMBER).collectAsList().stream()
                        .map(Row::toString)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"agaricus,agaricus.txt.train,6513,126", "a9a,a9a.labels01,32560,122"})
    void realFiles(String set, String name, int rows, int features) {
        Dataset<Row> table = read(settings(1, RealData.folder(set).resolve(name)), null);
        assertEquals(rows, table.count());
        assertEquals(features, table.first().<Vector>getAs("features").size());
    }

    private static SortedMap<Long, String> rows(String master, String split, DataSettings settings) {
        SparkSession spark = TestSpark.session(master);
        spark.conf().set(SPLIT, split);
        try {
            TreeMap<Long, String> rows = new TreeMap<>();
            for (Row row : TableReader.read(spark, settings).rows().collectAsList()) {
                rows.put(row.getLong(2), row.getDouble(0) + " " + row.get(1));
            }
            return rows;
        } finally {
            spark.conf().unset(SPLIT);
        }
    }

    private static Dataset<Row> read(DataSettings settings, @Nullable Integer features) {
        return TableReader.read(
                        TestSpark.session("local[2]"), settings, new ExpectedColumns(features, List.of(), List.of()))
                .rows();
    }

    private static DataSettings settings(int base, Path... files) {
        return TestSettings.text(Format.LIBSVM, base, files);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
