package org.sparkgrad.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.loss.LogisticLoss;
import org.sparkgrad.gpu.loss.Loss;
import org.sparkgrad.gpu.loss.SoftmaxLoss;
import org.sparkgrad.job.assemble.Assembly;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.assemble.RowBatch;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.EngineSettings.ExchangeKind;
import org.sparkgrad.job.config.OptimizerSettings;
import org.sparkgrad.job.config.OptimizerSettings.Init;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.config.ValidationSettings;
import org.sparkgrad.job.exchange.Exchange;
import org.sparkgrad.job.exchange.Exchanges;
import org.sparkgrad.job.exchange.worker.WorkerPlan;
import org.sparkgrad.job.optimize.Objective;
import org.sparkgrad.job.optimize.Optimizer;
import org.sparkgrad.job.optimize.OptimizerState;
import org.sparkgrad.job.optimize.PlainData;
import org.sparkgrad.job.placement.EngineChoice;
import org.sparkgrad.job.read.TableReader;
import org.sparkgrad.job.read.TestSettings;
import org.sparkgrad.job.shard.FeatureScale;
import org.sparkgrad.job.shard.Shards;

/** Full-batch gradient descent from zero, step by step, against trajectories computed elsewhere in float64. */
@Tag("both-compilers") // the reference engine's loops take minutes without
class TrajectoryTest {
    private static final Map<Integer, Double> MNIST = Map.of(
            0,
            2.30258509,
            1,
            1.83177169,
            2,
            1.51406712,
            5,
            1.04902753,
            10,
            0.78149314,
            50,
            0.45916321,
            100,
            0.39264578,
            200,
            0.34683199);
    private static final Map<Integer, Double> CATS = Map.of(
            0, 0.693147, 100, 0.584508, 200, 0.466949, 300, 0.376007, 400, 0.331463, 500, 0.303273, 1000, 0.214820,
            1500, 0.166521, 1900, 0.140872);

    @ParameterizedTest
    @CsvSource({"REFERENCE,DOUBLE,10", "CPU,DOUBLE,200", "CPU,FLOAT,200", "OPENCL,FLOAT,200"})
    void mnist(EngineKind engine, Precision precision, int steps) {
        RealData.assumeEngine(engine.name().toLowerCase(java.util.Locale.ROOT));
        Path mnist = RealData.folder("mnist");
        DataSettings settings = TestSettings.idx(
                List.of(mnist.resolve("train-images-idx3-ubyte.gz")),
                List.of(mnist.resolve("train-labels-idx1-ubyte.gz")),
                false);
        Dataset<Row> table =
                TableReader.read(TestSpark.session("local[2]"), settings).rows();
        JavaRDD<RowBatch> rows = Assembly.of(table, settings).batches(table);
        List<Double> objectives =
                descend(Shards.shuffle(rows, 784, 16, 1), 784, 10, new SoftmaxLoss(10), engine, precision, 0.5, steps);
        assertFollows(MNIST, objectives, precision == Precision.DOUBLE ? 1e-5 : 1e-4);
    }

    @ParameterizedTest
    @CsvSource({"REFERENCE,DOUBLE", "CPU,DOUBLE", "CPU,FLOAT", "OPENCL,FLOAT"})
    void cats(EngineKind engine, Precision precision) throws IOException {
        RealData.assumeEngine(engine.name().toLowerCase(java.util.Locale.ROOT));
        JavaRDD<Instance> instances = TestSpark.context("local[2]").parallelize(catPixels(), 2);
        List<Double> objectives = descend(
                TestData.shards(instances, 12288, 16, 1), 12288, 2, new LogisticLoss(), engine, precision, 0.005, 1900);
        assertFollows(CATS, objectives, precision == Precision.DOUBLE ? 1e-5 : 1e-4);
    }

    private static void assertFollows(Map<Integer, Double> reference, List<Double> objectives, double tolerance) {
        reference.forEach((step, value) -> {
            if (step < objectives.size()) {
                assertEquals(value, objectives.get(step), tolerance * value, "before step " + step);
            }
        });
    }

    private static List<Double> descend(
            Shards shards,
            int features,
            int classes,
            Loss loss,
            EngineKind engine,
            Precision precision,
            double rate,
            int steps) {
        JavaSparkContext spark = TestSpark.context("local[2]");
        FeatureScale raw = FeatureScale.of(shards.statistics(classes), features, false, true);
        EngineChoice choice = new EngineChoice(engine, precision, "test", List.of());
        OptimizerSettings settings = new OptimizerSettings(
                Method.GD,
                rate,
                ScheduleSettings.CONSTANT,
                null,
                1,
                steps,
                0,
                null,
                Init.ZERO,
                null,
                ValidationSettings.NONE,
                1);
        List<Double> objectives = new ArrayList<>();
        try (Exchange exchange = Exchanges.open(
                spark,
                WorkerPlan.of(shards.blocks(raw, precision), choice, loss, shards.count()),
                ExchangeKind.AUTO,
                note -> {},
                warning -> {})) {
            Optimizer optimizer = PlainData.optimizer(settings, new Objective(exchange, 0, true), loss, 1, features);
            Iterator<OptimizerState> states =
                    optimizer.states(Coefficients.zeros(loss.outputs(), features), (step, objective) -> {});
            states.forEachRemaining(state -> objectives.add(state.objective()));
            exchange.workers()
                    .forEach(worker -> assertEquals(engine, worker.engine().kind()));
        }
        return objectives;
    }

    /** The 209 pictures lie contiguous and uncompressed in their HDF5 file. */
    private static List<Instance> catPixels() throws IOException {
        Path file = RealData.folder("catvnoncat").resolve("train_catvnoncat.h5");
        List<Instance> instances = new ArrayList<>();
        try (RandomAccessFile hdf5 = new RandomAccessFile(file.toFile(), "r")) {
            byte[] pixels = new byte[209 * 12288];
            hdf5.seek(2144);
            hdf5.readFully(pixels);
            byte[] labels = new byte[209 * Long.BYTES];
            hdf5.seek(2_570_336);
            hdf5.readFully(labels);
            ByteBuffer label = ByteBuffer.wrap(labels).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < 209; i++) {
                double[] x = new double[12288];
                for (int j = 0; j < x.length; j++) {
                    x[j] = (pixels[i * 12288 + j] & 0xFF) / 255.0;
                }
                instances.add(new Instance(i, (int) label.getLong(), 1, Vectors.dense(x)));
            }
        }
        return instances;
    }
}
