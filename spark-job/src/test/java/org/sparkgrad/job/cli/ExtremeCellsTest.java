package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sparkgrad.job.problem.ExitCode;

/** Cells of millions of characters, and numbers at the ends of what numbers there are. */
class ExtremeCellsTest {
    private static final int LONG = 3_000_000;
    private static final int LONGEST_MESSAGE = 4_000;
    private static final String CELL = "z".repeat(LONG);
    private static final String ROWS = "1,a,2,y\n2,b,1,n\n3,a,1,y\n4,b,2,n\n".repeat(25);

    @TempDir
    private static Path folder;

    private static CommandRuns runs;

    @BeforeAll
    static void write() throws IOException {
        runs = new CommandRuns(folder);
        table("number", ROWS + CELL + ",a,1,y\n");
        table("text", ROWS + "1," + CELL + ",1,y\n");
        table("label", ROWS + "1,a,1," + CELL + "\n");
        table("weight", ROWS + "1,a," + CELL + ",y\n");
        table("cells", ROWS + "1,a," + CELL + "\n");
        table("quote", ROWS + "1,\"" + CELL + ",1,y\n");
        Files.writeString(folder.resolve("header.csv"), "x," + CELL + ",w,label\n" + ROWS);
        Files.writeString(folder.resolve("bad.libsvm"), "1 1:2\n0 1:1\n1 1:" + CELL + "\n");
    }

    private static void table(String name, String rows) throws IOException {
        Files.writeString(folder.resolve(name + ".csv"), "x,c,w,label\n" + rows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--header --data @number.csv",
                "--header --data @text.csv",
                "--header --data @label.csv",
                "--header --weight w --data @weight.csv",
                "--header --data @cells.csv",
                "--header --data @quote.csv",
                "--header --data @header.csv",
                "--header --label nosuch --data @header.csv",
                "--format libsvm --data @bad.libsvm"
            })
    void aLongCellIsCutInWhatIsSaid(String data) {
        CommandRuns.Ended ended = runs.run("train --max-iter 3 --output @out --overwrite " + data);
        String said = ended.err();
        assertTrue(
                said.length() < LONGEST_MESSAGE,
                () -> data + ": " + ended.code() + ", " + said.length() + " characters: "
                        + said.substring(0, LONGEST_MESSAGE));
        assertTrue(
                ended.code() == ExitCode.OK || ended.code() == ExitCode.DATA || ended.code() == ExitCode.USAGE, said);
    }

    @ParameterizedTest
    @CsvSource({
        "1e308, true, double",
        "1e308, true, float",
        "-1e200, true, double",
        "1e-200, true, double",
        "1e25, false, float"
    })
    void aValueThatCannotBeScaledIsRefusedByItsColumn(String value, String standardization, String precision)
            throws IOException {
        Files.writeString(folder.resolve("far.csv"), "x,far,label\n" + ("1," + value + ",a\n2,0,b\n").repeat(20));
        CommandRuns.Ended ended = runs.run("train --header --data @far.csv --max-iter 3 --output @out --overwrite"
                + " --standardization " + standardization + " --precision " + precision);
        assertEquals(ExitCode.DATA, ended.code(), ended.err());
        assertTrue(ended.message().startsWith("column far has values as "), ended.err());
    }

    @Test
    void aFarValueThatCanBeScaledIs() throws IOException {
        Files.writeString(folder.resolve("far.csv"), "x,far,label\n" + "1,1e150,a\n2,0,b\n".repeat(20));
        runs.ok("train --header --data @far.csv --max-iter 30 --output @scaled");
        assertTrue(runs.json("scaled/model.json")
                .findValue("coefficients")
                .toString()
                .contains("E-1"));
    }
}
