package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.job.RealData;
import org.sparkgrad.job.problem.ExitCode;

/** Models in ONNX, run by onnxruntime, against the Spark model. */
class OnnxExportTest {
    @TempDir
    private Path folder;

    private CommandRuns runs;

    @BeforeEach
    void runInTheFolder() {
        runs = new CommandRuns(folder);
    }

    @ParameterizedTest
    @CsvSource({"pets, csv, --header, 2", "dense, parquet, '', 3", "sparse, libsvm, '', 2"})
    void generatedData(String kind, String format, String header, int classes) throws OrtException {
        String shape = kind.equals("pets") ? "" : " --features 30 --classes " + classes;
        runs.ok("generate --kind " + kind + " --rows 300 --output @data --format " + format + shape);
        runs.ok("train --data @data --max-iter 5 --output @out --format " + format + " " + header);
        assertScoresAsSpark("--data " + folder.resolve("data") + " --format " + format + " " + header);
    }

    /** Every set of docs/datasets.md. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            mnist          | --format idx --data ^/t10k-images-idx3-ubyte.gz --labels ^/t10k-labels-idx1-ubyte.gz | --standardization false
            higgs-lightgbm | --format tsv --data ^/binary.test | --label 0
            agaricus       | --format libsvm --data ^/agaricus.txt.test |
            a9a            | --format libsvm --data ^/a9a.t.labels01 |
            iris           | --data ^/iris.csv |
            wine           | --data ^/wine.csv |
            wdbc           | --data ^/wdbc.data | --label 1 --ignore-columns 0
            adult          | --data ^/adult-train.csv |
            titanic        | --data ^/titanic.csv --header | --label Survived --features Pclass,Sex,Age,SibSp,Parch,Fare,Embarked --text-columns Pclass --missing mean
            criteo-tiny    | --data ^/train.tiny.csv --header | --label Label --ignore-columns Id --missing mean --hash-features 2^18
            """)
    void realData(String set, String data, String options) throws OrtException {
        String files = data.replace("^", RealData.folder(set).toString());
        runs.ok("train --reg-param 1e-3 --max-iter 8 --output @out " + files + " " + (options == null ? "" : options));
        assertScoresAsSpark(files);
    }

    /** Labels that are no 0 and 1, in an order of their own. */
    @ParameterizedTest
    @CsvSource({"2;4, ''", "true;false, ''", "-5;1000000000000;0.5, ''", "stay;leave, --positive-label stay"})
    void labelsOfAnyKind(String labels, String options) throws IOException, OrtException {
        Scored.writeLabels(folder.resolve("table.csv"), labels.split(";", -1));
        runs.ok("train --data @table.csv --header --max-iter 5 --output @out " + options);
        assertScoresAsSpark("--header --data " + folder.resolve("table.csv"));
    }

    /** Texts of several lengths and alphabets, some missing, that meet in few features. */
    @ParameterizedTest
    @CsvSource({"cat, kind", "cat, place|width", "cat|dog|fish, kind"})
    void hashedText(String labels, String ignored) throws IOException, OrtException {
        String[] kinds = {"", "ä", "größer als", "日本", "plain text, quoted", "x=y", "0"};
        String[] known = labels.equals("cat") ? new String[] {"cat", "no cat"} : labels.split("\\|");
        StringBuilder table = new StringBuilder("kind,place,width,label\n");
        for (int i = 0; i < 140; i++) {
            table.append(
                    "\"%s\",p%d,%d,%s%n".formatted(kinds[i % 7], i * i % 11, i % 5, known[i * 7 % 13 % known.length]));
        }
        Files.writeString(folder.resolve("table.csv"), table, StandardCharsets.UTF_8);
        runs.ok("train --data @table.csv --header --label label --hash-features 4 --max-iter 5 --output @out"
                + " --ignore-columns " + ignored.replace('|', ','));
        assertScoresAsSpark("--header --data " + folder.resolve("table.csv"));
    }

    @Test
    void whatCannotBeExportedIsRefused() throws IOException {
        Files.writeString(folder.resolve("names.csv"), "probabilities,y\n1,a\n2,b\n3,a\n");
        runs.ok("train --data @names.csv --header --label y --max-iter 2 --output @names");
        runs.refused(
                ExitCode.USAGE,
                "export --model @names --output @m.onnx",
                "has a column probabilities, which names something else in the ONNX model",
                false);
        runs.ok("generate --kind pets --rows 300 --output @pets");
        runs.refused(
                ExitCode.DATA,
                "export --model @pets --output @m.onnx",
                "There is no model.json in or beside @pets",
                false);
        runs.ok("train --data @pets --header --max-iter 2 --output @out");
        runs.ok("export --model @out/model --format onnx --output @m.onnx");
        runs.refused(ExitCode.USAGE, "export --model @out --output @m.onnx", "m.onnx exists", false);
        runs.ok("export --model @out --output @m.onnx --overwrite");
    }

    private void assertScoresAsSpark(String data) throws OrtException {
        runs.ok("export --model @out/model --output @model.onnx");
        Scored scored = Scored.of(folder.resolve("out"), data);
        List<Scored.ScoredRow> rows = scored.rows();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session =
                environment.createSession(folder.resolve("model.onnx").toString())) {
            Map<String, OnnxTensor> inputs = new HashMap<>();
            for (var input : session.getInputInfo().entrySet()) {
                boolean text = ((TensorInfo) input.getValue().getInfo()).type == OnnxJavaType.STRING;
                Object[] cells = rows.stream()
                        .map(row -> row.cells().get(input.getKey()))
                        .toArray();
                inputs.put(input.getKey(), OnnxTensor.createTensor(environment, text ? texts(cells) : numbers(cells)));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                double[][] probabilities =
                        (double[][]) result.get("probabilities").orElseThrow().getValue();
                String[] labels = (String[]) result.get("label").orElseThrow().getValue();
                assertEquals(rows.size(), labels.length);
                for (int i = 0; i < labels.length; i++) {
                    assertArrayEquals(rows.get(i).probabilities().orElseThrow(), probabilities[i], 1e-9);
                    assertEquals(rows.get(i).label(), labels[i]);
                }
            }
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static String[][] texts(Object[] cells) {
        String[][] texts = new String[cells.length][1];
        for (int i = 0; i < cells.length; i++) {
            texts[i][0] = cells[i] == null ? "" : cells[i].toString();
        }
        return texts;
    }

    private static double[][] numbers(Object[] cells) {
        double[][] numbers = new double[cells.length][];
        for (int i = 0; i < cells.length; i++) {
            numbers[i] = cells[i] instanceof double[] vector
                    ? vector
                    : new double[] {cells[i] instanceof Number number ? number.doubleValue() : Double.NaN};
        }
        return numbers;
    }
}
