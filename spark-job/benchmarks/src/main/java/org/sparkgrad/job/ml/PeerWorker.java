package org.sparkgrad.job.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.sparkgrad.job.ml.fit.DatasetTraining;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.ProgressStep;

/**
 * One process of the peers benchmark: fits a case by Spark estimators, as often as it is told. Arguments: {@code write CASE
 * DATA FOLDER} writes a case; {@code fit FOLDER} reads requests from standard input, a line of JSON each, and answers with
 * one; {@code whole FOLDER REQUEST OUTPUT} goes from Parquet to a saved model once.
 */
final class PeerWorker {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PASSES = Pattern.compile("(\\d+) passes over the data");
    private static final StructType SCHEMA =
            new StructType().add("label", "double").add("features", SQLDataTypes.VectorType());

    /** Spark's 10,000 rows of a batch are hundreds of megabytes where rows are wide, several times a task. */
    private static final int NUMBERS_OF_A_BATCH = 1_000_000;

    private final Path folder;
    private final SparkSession spark;
    private @Nullable JavaRDD<DataSet> batches;

    private PeerWorker(Path folder) throws IOException {
        this.folder = folder;
        int batch = Math.min(10_000, Math.max(100, NUMBERS_OF_A_BATCH / features()));
        this.spark = SparkSession.builder()
                .master("local[*]")
                .appName("peers")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.locality.wait", "0s")
                .config("spark.sql.inMemoryColumnarStorage.batchSize", batch)
                .config("spark.sql.parquet.columnarReaderBatchSize", Math.min(4096, batch))
                .getOrCreate();
    }

    /** What is to be fitted how: a line of JSON. */
    private record Request(JsonNode json) {
        String system() {
            return json.path("system").asText();
        }

        String precision() {
            return json.path("precision").asText("float");
        }

        <T extends LogisticRegression> T set(T estimator) {
            estimator
                    .setStandardization(false)
                    .setRegParam(json.path("regParam").asDouble())
                    .setElasticNetParam(json.path("elasticNetParam").asDouble())
                    .setMaxIter(json.path("maxIter").asInt())
                    .setTol(json.path("tol").asDouble());
            return estimator;
        }
    }

    /** Goes by the arguments. */
    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err);
        Path folder = Path.of(arguments[arguments[0].equals("write") ? 3 : 1]);
        if (arguments[0].equals("write")) {
            PeerCase.write(arguments[1], Path.of(arguments[2]), folder);
            new PeerWorker(folder)
                    .rows()
                    .write()
                    .mode("ignore")
                    .parquet(folder.resolve("parquet").toString());
            return;
        }
        PeerWorker worker = new PeerWorker(folder);
        if (arguments[0].equals("whole")) {
            worker.whole(new Request(JSON.readTree(arguments[2])), Path.of(arguments[3]));
            return;
        }
        Dataset<Row> cached = worker.parquet().cache();
        cached.count();
        answers.println("{\"ready\":true}");
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            Request request = new Request(JSON.readTree(line));
            answers.println(JSON.writeValueAsString(
                    request.system().equals("dl4j") ? worker.averaged(cached, request) : worker.fit(cached, request)));
        }
        System.exit(0);
    }

    private int features() throws IOException {
        return Integer.parseInt(
                Files.readString(folder.resolve("shape")).strip().split(" ", -1)[1]);
    }

    private Dataset<Row> rows() throws IOException {
        return spark.createDataFrame(
                PeerRows.read(JavaSparkContext.fromSparkContext(spark.sparkContext()), folder), SCHEMA);
    }

    private Dataset<Row> parquet() {
        return spark.read().parquet(folder.resolve("parquet").toString());
    }

    private Map<String, Object> fit(Dataset<Row> rows, Request request) throws IOException {
        Curve curve = new Curve();
        AtomicLong gradients = new AtomicLong();
        SparkListener listener = new SparkListener() {
            @Override
            public void onStageCompleted(SparkListenerStageCompleted stage) {
                gradients.addAndGet(stage.stageInfo().name().contains("RDDLossFunction") ? 1 : 0);
            }
        };
        spark.sparkContext().addSparkListener(listener);
        long start = System.nanoTime();
        LogisticRegressionModel model = model(rows, request, curve);
        double seconds = (System.nanoTime() - start) / 1e9;
        spark.sparkContext().removeSparkListener(listener);
        Path file = Files.createTempFile(folder, "coefficients", ".f64");
        Files.write(file, coefficients(model));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("seconds", seconds);
        answer.put("history", model.summary().objectiveHistory());
        answer.put("times", curve.times);
        answer.put("passes", request.system().equals("mllib") ? gradients.get() : curve.passes);
        answer.put("notes", curve.notes);
        answer.put("coefficients", file.toString());
        return answer;
    }

    private void whole(Request request, Path output) throws IOException {
        if (request.system().equals("dl4j")) {
            PeerDl4j dl4j = dl4j(request);
            double[] coefficients = dl4j.train(
                    dl4j.batches(parquet().toJavaRDD()),
                    request.json.path("maxIter").asInt());
            Files.write(output, bytes(coefficients));
            return;
        }
        model(parquet(), request, Progress.SILENT).write().overwrite().save(output.toString());
    }

    /** Passes are epochs. DL4J's batches are made before the clock starts. */
    private Map<String, Object> averaged(Dataset<Row> rows, Request request) throws IOException {
        PeerDl4j dl4j = dl4j(request);
        if (batches == null) {
            batches = dl4j.batches(rows.toJavaRDD()).persist(StorageLevel.MEMORY_AND_DISK());
            batches.count();
        }
        int epochs = request.json.path("maxIter").asInt();
        long start = System.nanoTime();
        double[] coefficients = dl4j.train(batches, epochs);
        double seconds = (System.nanoTime() - start) / 1e9;
        Path file = Files.createTempFile(folder, "coefficients", ".f64");
        Files.write(file, bytes(coefficients));
        return Map.of(
                "seconds", seconds,
                "history", List.of(),
                "times", List.of(),
                "steps", epochs,
                "passes", epochs,
                "notes", List.of(),
                "coefficients", file.toString());
    }

    private PeerDl4j dl4j(Request request) throws IOException {
        return new PeerDl4j(
                JavaSparkContext.fromSparkContext(spark.sparkContext()),
                features(),
                request.json.path("classes").asInt(),
                request.json.path("regParam").asDouble(),
                request.json.path("elasticNetParam").asDouble());
    }

    private LogisticRegressionModel model(Dataset<Row> rows, Request request, Progress progress) {
        if (request.system().equals("mllib")) {
            return request.set(new LogisticRegression()).fit(rows);
        }
        GpuLogisticRegression estimator = request.set(
                new GpuLogisticRegression().setEngine(request.system()).setPrecision(request.precision()));
        if (request.json.has("optimizer")) {
            estimator.setOptimizer(request.json.path("optimizer").asText());
        }
        return DatasetTraining.train(rows, estimator, progress);
    }

    /** K rows of F + 1, the intercept last, as little-endian doubles. */
    private static byte[] coefficients(LogisticRegressionModel model) {
        int outputs = model.coefficientMatrix().numRows();
        int features = model.numFeatures();
        double[] numbers = new double[outputs * (features + 1)];
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features; j++) {
                numbers[k * (features + 1) + j] = model.coefficientMatrix().apply(k, j);
            }
            numbers[k * (features + 1) + features] = model.interceptVector().apply(k);
        }
        return bytes(numbers);
    }

    private static byte[] bytes(double[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        return bytes.array();
    }

    /** When each step was done, since the fit began. */
    private static final class Curve implements Progress {
        private final long start = System.nanoTime();
        private final List<Double> times = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private long passes;

        @Override
        public void note(String line) {
            notes.add(line);
            Matcher matcher = PASSES.matcher(line);
            if (matcher.find()) {
                passes = Long.parseLong(matcher.group(1));
            }
        }

        @Override
        public void step(ProgressStep step) {
            times.add((System.nanoTime() - start) / 1e9);
        }

        @Override
        public void done() {}
    }
}
