package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.problem.ExitCode;

/** Files that are missing, empty, cut or not what they should be, to each command that reads them. */
class BadFilesTest {
    @TempDir
    private static Path folder;

    private static CommandRuns runs;

    @BeforeAll
    static void trainGoodModels() throws IOException {
        runs = new CommandRuns(folder);
        Files.writeString(folder.resolve("good.csv"), "x,y,label\n1,2,a\n3,4,b\n5,7,a\n7,1,b\n");
        runs.ok("train --header --data @good.csv --max-iter 3 --output @csv");
        Files.writeString(folder.resolve("good.svm"), "0 1:2 2:1\n1 1:3\n0 2:2\n1 2:4\n");
        runs.ok("train --format libsvm --data @good.svm --max-iter 3 --output @libsvm");
        Files.write(folder.resolve("images"), HexFormat.of().parseHex("00000803000000030000000100000002010203040506"));
        Files.write(folder.resolve("labels"), HexFormat.of().parseHex("0000080100000003000100"));
        runs.ok("train --format idx --data @images --labels @labels --max-iter 3 --output @idx");
        runs.ok("generate --kind dense --features 3 --rows 50 --format parquet --output @good.parquet");
        runs.ok("train --data @good.parquet --max-iter 3 --output @parquet");
    }

    @AfterEach
    void removeWhatShouldNotBeThere() {
        runs.names().stream().filter(name -> name.startsWith("out")).forEach(runs::delete);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            none.csv    | There is no file at @none.csv. Check the path
            none/*.csv  | There is no file at @none/*.csv. Check the path
            a:b         | a:b
            """)
    void aMissingFile(String file, String said) {
        assertRefused("csv", "--header --data @" + file, said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                                 | @bad.csv holds no data: its files are empty.
            ` \\n\\n`                          | @bad.csv
            x,y,label\\n                       | @bad.csv
            x,y,label\\n1,2,a\\n3,4\\n5,6,b\\n | @bad.csv line 3: a row of 2 cells among rows of 3: 3,4
            x,y,label\\n1,2,a\\n3,4,b,5\\n     | @bad.csv line 3: a row of 4 cells among rows of 3: 3,4,b,5
            x,y,label\\n1,"2,a\\n3,4,b\\n      | @bad.csv line 2: a quoted cell does not end
            x,,label\\n1,2,a\\n3,4,b\\n        | @bad.csv line 1: column 1 has no name in the header
            x,X,label\\n1,2,a\\n3,4,b\\n       | @bad.csv line 1: two columns are named "X"
            x,y,label\\n1,2,\u00e9\\n3,4,b\\n  | @bad.csv line 2: no text in UTF-8
            """)
    void badCsv(String content, String said) throws IOException {
        write("bad.csv", content);
        assertRefused("csv", "--header --data @bad.csv", said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                     | @bad.svm holds no data: its files are empty.
            # no row\\n            | @bad.svm
            0\\n1\\n               | @bad.svm
            0 1:1\\n1 0:2\\n       | @bad.svm line 2: the index 0, where the first feature has the index 1
            0 1:1\\n\\n1 2:2 1:1\\n| @bad.svm line 3: the index 1 after 2: sort the features
            0 1:1\\n1 1:1 1:1\\n   | @bad.svm line 2: the index 1 after 1
            0 1:1\\n1 -1:2\\n      | @bad.svm line 2: the index "-1" is no whole number
            0 1:1\\n1 1:x\\n       | @bad.svm line 2: the value "x" is no number
            0 1:1\\n1 1:1f\\n      | @bad.svm line 2: the value "1f" is no number
            0 1:1\\n1 1:0x1p3\\n   | @bad.svm line 2: the value "0x1p3" is no number
            0 1:1\\n1 1:NaN\\n     | @bad.svm line 2: the value NaN is not finite
            0 1:1\\n1 1:1e400\\n   | @bad.svm line 2: the value 1e400 is not finite
            0 1:1\\n1 \u0661:1\\n  | @bad.svm line 2: the index "\u0661" is no whole number
            0 1:1\\na 1:1\\n       | @bad.svm line 2: the label "a" is no number
            0 1:1\\n1 2\\n         | @bad.svm line 2: "2" is no index:value
            """)
    void badLibsvm(String content, String said) throws IOException {
        write("bad.svm", content);
        assertRefused("libsvm", "--format libsvm --data @bad.svm", said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            image | 00000803 00000002 00000001 00000002 01020304       | @image holds 2 records and @labels 3 labels
            image | 00000903 00000003 00000001 00000002 010203040506   | @image is no IDX file
            image | 504b0304 00000003 00000001 00000002 010203040506   | @image is no IDX file
            image | 00000803 00000003 00000001 00000002 0102030405     | @image is cut short
            image | 00000803 00000003 00000001 00000002 01020304050607 | @image goes on after the 3 records
            image | 00000803 00000003 00000001                         | @image ends within its header
            image | 00000803 00000003 ffffffff fffffffe 010203040506   | @image is damaged
            image | 00000803 7fffffff 00000001 7fffffff 010203040506   | @image is cut short
            image | 00000803 00000000 00000001 00000002                | @image holds 0 records
            image | 1f8b0800 00000000 0000                             | @image
            label | 00000803 00000003 00000001 00000002 010203040506   | @label holds no labels
            label | 00000801 00000003 0001                             | @label is cut short
            label | 00000801 00000003 00010000                         | @label goes on after the 3 records
            """)
    void badIdx(String name, String bytes, String said) throws IOException {
        Files.write(folder.resolve(name), HexFormat.of().parseHex(bytes.replace(" ", "")));
        boolean image = name.equals("image");
        String data = "--format idx --data @" + (image ? name : "images") + " --labels @" + (image ? "labels" : name);
        assertRefused("idx", data, said);
    }

    @Test
    void imagesWithoutLabelsAreThereToPredictAlone() {
        String data = " --format idx --data @images";
        runs.ok("predict --model @idx/model --output @out" + data);
        List<String> columns = List.of(TestSpark.session("local[2]")
                .read()
                .parquet(folder.resolve("out").toString())
                .columns());
        assertEquals(List.of("features", "prediction", "probability_0", "probability_1"), columns);
        runs.refused(ExitCode.DATA, "evaluate --model @idx/model" + data, "name the label files with --labels", false);
        runs.refused(
                ExitCode.USAGE,
                "train --output @failed" + data,
                "labels: idx data need a label file for each data file, and there are 0 for 1",
                false);
    }

    @Test
    void aFolderWithoutData() throws IOException {
        Files.createDirectories(folder.resolve("empty/_temporary"));
        assertRefused("csv", "--header --data @empty", "@empty holds no data");
        assertRefused("parquet", "--format parquet --data @empty", "@empty holds no data");
        Files.createDirectories(folder.resolve("split/label=a"));
        assertRefused("csv", "--header --data @split", "@split holds no data");
    }

    @Test
    void aTruncatedGzip() throws IOException {
        zip("cut.csv.gz", "x,y,label\n1,2,a\n3,4,b\n5,6,b\n", 7);
        assertRefused("csv", "--header --data @cut.csv.gz", "@cut.csv.gz");
        zip("cut.svm.gz", "0 1:1 2:3\n1 1:2\n0 2:1\n", 9);
        assertRefused("libsvm", "--format libsvm --data @cut.svm.gz", "@cut.svm.gz");
        write("text.csv.gz", "x,y,label\n1,2,a\n3,4,b\n");
        assertRefused("csv", "--header --data @text.csv.gz", "@text.csv.gz");
        zip("zipped.csv", "x,y,label\n1,2,a\n3,4,b\n5,6,b\n", 0);
        assertRefused("csv", "--header --data @zipped.csv", "@zipped.csv");
    }

    @Test
    void filesThatDoNotFitTogether() throws IOException {
        write("two.csv", "x,label\n1,a\n3,b\n");
        assertRefused("csv", "--header --data @good.csv --data @two.csv", "@two.csv line 2: a row of 2 cells, where");
        write("other.csv", "y,x,label\n1,2,a\n3,4,b\n");
        assertRefused("csv", "--header --data @good.csv --data @other.csv", "@other.csv line 1: another header than");
    }

    @Test
    void badParquet() throws IOException {
        write("text.parquet", "this is no Parquet file at all");
        assertRefused("parquet", "--data @text.parquet", "@text.parquet is not a Parquet file");
        Path good;
        try (var parts = Files.list(folder.resolve("good.parquet"))) {
            good = parts.filter(part -> part.toString().endsWith(".parquet"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(good);
        Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(bytes, bytes.length - 20));
        assertRefused("parquet", "--data @cut.parquet", "@cut.parquet");
        bytes[60] ^= 0x10;
        Files.write(folder.resolve("flipped.parquet"), bytes);
        assertRefused("parquet", "--data @flipped.parquet", "@flipped.parquet");
    }

    /** Trains, evaluates and predicts. */
    private static void assertRefused(String model, String data, String said) {
        runs.refused(ExitCode.DATA, "train " + data + " --output @out", said, true);
        String scored = " --model @" + model + "/model " + data + " --output @out";
        runs.refused(ExitCode.DATA, "evaluate" + scored, said, true);
        runs.refused(ExitCode.DATA, "predict" + scored, said, true);
    }

    private static void write(String name, String content) throws IOException {
        Files.writeString(
                folder.resolve(name),
                content.replace("\\n", "\n"),
                Charset.forName(content.contains("\u00e9") ? "ISO-8859-1" : "UTF-8"));
    }

    private static void zip(String name, String content, int cut) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - cut));
    }
}
