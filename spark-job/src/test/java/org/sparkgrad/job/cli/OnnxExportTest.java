package org.sparkgrad.job.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
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

    /** The sets of docs/datasets.md but criteo, whose text is hashed. */
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
            """)
    void realData(String set, String data, String options) throws OrtException {
        String files = data.replace("^", RealData.folder(set).toString());
        runs.ok("train --reg-param 1e-3 --max-iter 8 --output @out " + files + " " + (options == null ? "" : options));
        assertScoresAsSpark(files);
    }

    @Test
    void whatCannotBeExportedIsRefused() {
        runs.ok("generate --kind pets --rows 300 --output @pets");
        runs.ok(
                "train --data @pets --header --max-iter 2 --output @out --text-columns tail_length_cm --hash-features 8");
        runs.refused(
                ExitCode.USAGE,
                "export --model @out --output @m.onnx",
                "hashes text columns, for which ONNX has no",
                false);
        runs.refused(
                ExitCode.DATA,
                "export --model @pets --output @m.onnx",
                "There is no model.json in or beside @pets",
                false);
        runs.ok("train --data @pets --header --max-iter 2 --output @out --overwrite");
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
