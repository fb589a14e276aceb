package org.sparkgrad.job.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

class TrainProblemsTest {
    @TempDir
    Path folder;

    @Test
    void allProblemsAreReportedAtOnceWithTheirOrigin() throws IOException {
        Path file = folder.resolve("my.conf");
        Files.writeString(file, """
                regPram = 0.1
                epochs = 0
                header = maybe
                label { name = y }
                """);

        JobException problem = assertThrows(
                JobException.class,
                () -> TrainConfiguration.read(List.of(
                        "--config",
                        file.toString(),
                        "--tol",
                        "-1",
                        "--regparam=3",
                        "stray",
                        "--shards",
                        "12",
                        "--seed")));

        assertEquals(ExitCode.USAGE, problem.exitCode());
        assertEquals("""
                --regparam: unknown option; did you mean --reg-param? (command line)
                stray: options begin with -- (quote a glob, and repeat an option for each file) (command line)
                --seed: needs a value: a whole number (command line)
                --tol -1: must be a number of at least 0 (command line)
                --shards 12: must be a power of two, such as 16 or 2^4 (command line)
                regPram: unknown key; did you mean regParam? (FILE line 1)
                epochs 0: must be a whole number of at least 1 (FILE line 2)
                header maybe: must be true or false (FILE line 3)
                label: must be some text (FILE line 4)
                --data: missing; name the files to train on, by option or in a file given with --config
                --output: missing; name the folder for the result, by option or in a file given with --config""", message(problem).replace(file.toString(), "FILE"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --reg-param -0.5                    | --reg-param -0.5: must be a number of at least 0
            --reg-param NaN                     | --reg-param NaN: must be a number of at least 0
            --learning-rate 0 --optimizer sgd   | --learning-rate 0: must be a number above 0
            --max-iter 1.5                      | --max-iter 1.5: must be a whole number of at least 0
            --devices 1,1                       | --devices 1,1: must be different whole numbers of at least 0
            --optimizer newton                  | --optimizer newton: must be one of auto, lbfgs, gd, sgd,\
             momentum, nesterov, adagrad, rmsprop, adam, amsgrad, nadam
            --delimiter ::                      | --delimiter ::: must be one character, \\t for a tab, or blanks for one or more blanks
            --epochs 1 --epochs 2               | --epochs 2: already given as 1
            --features a,,b                     | --features a,,b: must be column names or indices
            --label y --weight y                | --weight y: is the label column too
            --features y,z --label y            | --features y,z: column y is also the label, the weight or ignored
            --labels l                          | --labels l: is for format idx, and the format is csv
            --raw-bytes                         | --raw-bytes true: is for format idx, and the format is csv
            --format parquet --header           | --header true: is for format csv or tsv, and the format is parquet
            --format tsv --delimiter ;          | --delimiter ;: is for format csv, and the format is tsv
            --index-base 0                      | --index-base 0: is for format libsvm, and the format is csv
            --index-base 2 --format libsvm      | --index-base 2: must be 0 or 1
            --format libsvm --weight w          | --weight w: libsvm data have no columns to choose from
            --format libsvm --missing mean      | --missing mean: libsvm data have no columns to choose from
            --hash-features 2^31                | --hash-features 2^31: must be a power of two, such as 16 or 2^4
            --loss softmax --family binomial    | --family binomial: contradicts loss softmax: leave one out
            --init random --initial-model m     | --init random: says where to start, and so does initialModel: leave\
             one out
            --format idx                        | labels: idx data need a label file for each data file, and there are\
             0 for 1 of --data
            --optimizer lbfgs --batch-size 64   | --batch-size 64: lbfgs takes the whole data in each step; leave\
             batchSize out, or choose sgd or adam
            --optimizer gd --batch-size 64      | --batch-size 64: gd takes the whole data in each step; leave\
             batchSize out, or choose sgd or adam
            --learning-rate 0.1                 | --learning-rate 0.1: lbfgs has no learning rate, and auto is lbfgs\
             when there is no batchSize; choose gd, sgd or adam
            --schedule-steps 5                  | --schedule-steps 5: is for schedule step or exponential or\
             inverse, and the schedule is constant
            --optimizer sgd --schedule-power 2  | --schedule-power 2: is for schedule inverse or polynomial, and the\
             schedule is constant
            --optimizer sgd --warmup-steps 9    | --warmup-steps 9: is for schedule cosine, and the schedule is constant
            --reg-param 1 --elastic-net-param 2 | --elastic-net-param 2: must be a number from 0 to 1
            --elastic-net-param 0.5             | --elastic-net-param 0.5: is a share of the penalty, and regParam is 0
            --reg-param 1 --elastic-net-param 1 --optimizer nadam | --elastic-net-param 1: nadam takes no L1; choose\
             lbfgs, gd or sgd
            --reg-param 1 --elastic-net-param 1 --batch-size 9 | --elastic-net-param 1: adam takes no L1, and auto is\
             adam when there is a batchSize; choose lbfgs, gd or sgd
            --validation-fraction 1             | --validation-fraction 1: must be a number of at least 0 and below 1
            --patience 3                        | --patience 3: is for held-out rows, and validationFraction is 0
            --engine cpu --devices 0            | --devices 0: is for OpenCL, and the engine is cpu
            --device-memory-fraction 0          | --device-memory-fraction 0: must be a number above 0 and at most 1
            --engine cpu --device-memory-fraction 0.5 | --device-memory-fraction 0.5: is for OpenCL, and the engine is\
             cpu
            --engine cpu --opencl-runtime aparapi | --opencl-runtime aparapi: is for OpenCL, and the engine is cpu
            """)
    void eachProblemSaysWhatIsAllowed(String options, String expected) {
        List<String> arguments = new ArrayList<>(List.of("--data", "a", "--output", "out"));
        arguments.addAll(List.of(options.split(" +")));

        JobException problem = assertThrows(JobException.class, () -> TrainConfiguration.read(arguments));

        assertEquals(expected + " (command line)", message(problem));
    }

    @Test
    void anOutputAroundTheDataIsRefused() {
        JobException problem = assertThrows(
                JobException.class,
                () -> TrainConfiguration.read(List.of("--data", "out/a.csv", "--output", "out/", "--overwrite")));

        assertEquals(
                "--output out/: holds the training data, which would be replaced (command line)", message(problem));
    }

    @Test
    void aFileThatIsNoHoconNamesItsLine() throws IOException {
        Path file = folder.resolve("broken.conf");
        Files.writeString(file, "data = [a\noutput = }");

        JobException problem =
                assertThrows(JobException.class, () -> TrainConfiguration.read(List.of("--config", file.toString())));

        assertEquals(
                true, message(problem).lines().findFirst().orElse("").contains("broken.conf: 2"), message(problem));
    }

    @Test
    void aMissingFileIsAProblem() {
        JobException problem = assertThrows(
                JobException.class,
                () -> TrainConfiguration.read(List.of("--config", "no.conf", "--data", "a", "--output", "b")));

        assertEquals("--config no.conf: there is no such file (command line)", message(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "--reg-parm,--reg-param",
        "--regParam,--reg-param",
        "--batch,--batch-size",
        "--tset-data,--test-data",
        "--xyzzy,"
    })
    void suggestionsAreNear(String given, String expected) {
        String sentence = Suggestion.sentence(given, TrainKeys.COMMAND_LINE.options());

        assertEquals(expected == null ? "" : "; did you mean " + expected + "?", sentence);
    }

    private static String message(JobException problem) {
        return String.valueOf(problem.getMessage());
    }
}
