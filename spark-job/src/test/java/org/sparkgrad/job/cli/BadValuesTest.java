package org.sparkgrad.job.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.problem.ExitCode;

/** Columns, cells, labels, weights and settings that cannot be trained on or scored. */
class BadValuesTest {
    private static final String GOOD = "x,y,w,note,label\n1,2,1,m,a\n3,4,0.5,n,b\n5,7,2,o,a\n7,1,0,p,b\n";

    @TempDir
    private static Path folder;

    private static CommandRuns runs;

    @BeforeAll
    static void trainAGoodModel() throws IOException {
        runs = new CommandRuns(folder);
        Files.writeString(folder.resolve("good.csv"), GOOD);
        runs.ok("train --header --data @good.csv --features x,y --weight w --max-iter 3 --output @good");
    }

    @AfterEach
    void removeWhatShouldNotBeThere() {
        runs.names().stream().filter(name -> name.startsWith("out")).forEach(runs::delete);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --label kind         | There is no column kind. The columns are x, y, w, note, label.
            --label 5            | There is no column 5. The columns are x, y, w, note, label.
            --features x,z       | There is no column z.
            --weight mass        | There is no column mass.
            --ignore-columns id  | There is no column id.
            --weight note        | good.csv line 2 has "m" in the weight column note
            --weight -1          | The column label is both the label and the weight
            --features x,-1      | The column label is both the label and a feature
            --features x,0       | The feature column x is named twice.
            """)
    void badColumns(String options, String said) {
        runs.refused(ExitCode.DATA, "train --header --data @good.csv --output @out " + options, said, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,oops,1,m,a | bad.csv line 6 has "oops" in column y, in which 4 of 5 cells are numbers: Mend these cells
            1,1d,1,m,a   | bad.csv line 6 has "1d" in column y
            "1,5",2,1,m,a | bad.csv line 6 has "1,5" in column x, in which 5 of 5 cells are numbers or read like them: Read decimal commas with --decimal ,
            1,NaN,1,m,a  | bad.csv line 6 has no number in column y: fill it in, choose --missing mean or --missing drop
            -inf,2,1,m,a | bad.csv line 6 has -Infinity in column x: numbers are finite.
            1e400,2,1,m,a| bad.csv line 6 has Infinity in column x: numbers are finite.
            1,2,-1,m,a   | bad.csv line 6 has the weight -1.0 in column w: weights are 0 or more.
            1,2,NaN,m,a  | bad.csv line 6 has no number in column w: fill it in
            1,2,heavy,m,a| bad.csv line 6 has "heavy" in the weight column w
            1,2,1,m,     | bad.csv line 6 has no label in column label
            """)
    void badCells(String row, String said) throws IOException {
        Files.writeString(folder.resolve("bad.csv"), GOOD + row + "\n");
        String data = "--header --data @bad.csv --weight w";
        runs.refused(ExitCode.DATA, "train " + data + " --features x,y --output @out", said, true);
    }

    @Test
    void noRowLeft() throws IOException {
        Files.writeString(folder.resolve("bad.csv"), "x,y,label\n,1,a\n2,,b\n");
        runs.refused(
                ExitCode.DATA,
                "train --header --data @bad.csv --missing drop --output @out",
                "Each of the 2 rows lacks a number in some feature column",
                true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,oops,1,m,a | bad.csv line 6: column y holds "oops", where the model has numbers (1 such cells).
            1,NaN,1,m,a  | bad.csv line 6 has no number in column y: features are finite numbers. Mend it, or leave the row out.
            1,,1,m,a     | bad.csv line 6 has no number in column y
            -inf,2,1,m,a | bad.csv line 6 has -Infinity in column x
            1,2,-1,m,a   | bad.csv line 6 has no weight in column w that is a finite number of 0 or more: mend it
            1,2,NaN,m,a  | bad.csv line 6 has no weight in column w
            1,2,heavy,m,a| bad.csv line 6 has no weight in column w
            1,2,1,m,     | bad.csv line 6 has no label in column label; the model knows a, b.
            1,2,1,m,c    | bad.csv line 6 has the label "c" in column label; the model knows a, b.
            """)
    void badCellsToEvaluate(String row, String said) throws IOException {
        Files.writeString(folder.resolve("bad.csv"), GOOD + row + "\n");
        String command = "evaluate --model @good/model --header --data @bad.csv --weight w";
        runs.refused(ExitCode.DATA, command, said, false);
        runs.refused(ExitCode.DATA, command + " --output @out", said, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,oops,1,m,a | bad.csv line 6: column y holds "oops", where the model has numbers (1 such cells).
            1,NaN,1,m,a  | bad.csv line 6 has no number in column y
            1,,1,m,a     | bad.csv line 6 has no number in column y
            -inf,2,1,m,a | bad.csv line 6 has -Infinity in column x
            """)
    void badCellsToPredict(String row, String said) throws IOException {
        Files.writeString(folder.resolve("bad.csv"), GOOD + row + "\n");
        runs.refused(ExitCode.DATA, "predict --model @good/model --header --data @bad.csv --output @out", said, true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a;a;a   | All 3 rows have the label a in column 1: there is nothing to tell apart.
            0;1;inf | The label column 1 holds Infinity in row 2: labels are text, finite numbers or booleans.
            .1;.2;.3;.4;.5;.6;.7;.8;.9;1.1;1.2 | in row 0: it holds no classes. Name the label column.
            0;1;NaN | bad.csv line 3 has no label in column 1
            """)
    void badLabels(String labels, String said) throws IOException {
        StringBuilder table = new StringBuilder();
        for (String label : labels.split(";", -1)) {
            table.append(table.length()).append(',').append(label).append('\n');
        }
        Files.writeString(folder.resolve("bad.csv"), table);
        runs.refused(ExitCode.DATA, "train --data @bad.csv --output @out", said, true);
    }

    @Test
    void noWeightAtAll() throws IOException {
        Files.writeString(folder.resolve("bad.csv"), "x,y,w,label\n1,2,0,a\n3,4,0,b\n");
        String data = " --header --data @bad.csv --weight w";
        runs.refused(
                ExitCode.DATA,
                "train --output @out" + data,
                "all instance weights in column w are 0: nothing can be learned",
                true);
        runs.refused(
                ExitCode.DATA,
                "evaluate --model @good/model" + data,
                "All instance weights are 0: nothing can be measured.",
                false);
        runs.refused(
                ExitCode.DATA,
                "train --output @out --header --data @good.csv --features x,y --weight w --test-data @bad.csv",
                "All instance weights are 0: nothing can be measured.",
                true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            train --batch-size 0                       | --batch-size 0: must be a whole number of at least 1
            train --format idx                         | --data
            train --epoch 3                            | --epoch: unknown option; did you mean --epochs?
            train --engine gpu                         | --engine gpu:
            train --config @bad.conf                   | learnRate
            train --max-iter -1 --tol x --reg-param -2 | --tol x: must be a number of at least 0
            evaluate --modle @good/model               | --modle: unknown option; did you mean --model?
            predict --model @good/model --max-iter 3   | --max-iter: unknown option
            predict                                    | --model: missing
            """)
    void badSettings(String command, String said) throws IOException {
        Files.writeString(folder.resolve("bad.conf"), "learnRate = 0.1\n");
        runs.refused(ExitCode.USAGE, command + " --header --data @good.csv --output @out", said, false);
    }

    @Test
    void anIndexBeyondAllMemory() throws IOException {
        Files.writeString(folder.resolve("bad.svm"), "0 1:1\n1 2147483646:1\n");
        runs.refused(
                ExitCode.RESOURCES,
                "train --format libsvm --data @bad.svm --output @out",
                "2147483646 features and 2 classes make 2147483647 coefficients, for which the driver needs more than",
                true);
    }

    @Test
    void aBatchAboveTheRows() {
        runs.refused(
                ExitCode.USAGE,
                "train --batch-size 5 --features x,y --header --data @good.csv --output @out",
                "--batch-size 5 is more than the 4 rows of the data: give at most 4",
                true);
    }

    @Test
    void aLearningRateThatDiverges() {
        runs.refused(
                ExitCode.DIVERGED,
                "train --optimizer gd --learning-rate 1e308 --standardization false --features x,y --header"
                        + " --data @good.csv --output @out",
                "lower --learning-rate (now 1.0E308)",
                true);
    }

    /** A descent that ends worse than it began is no model, though all its numbers are finite. */
    @ParameterizedTest
    @CsvSource({"gd --max-iter 5", "sgd --batch-size 4 --epochs 5"})
    void aLearningRateThatMakesItWorse(String optimizer) {
        runs.refused(
                ExitCode.DIVERGED,
                "train --learning-rate 1000 --features x,y --header --data @good.csv --output @out --reg-param 0.1"
                        + " --optimizer " + optimizer,
                "the objective rose from 0.69",
                true);
    }
}
