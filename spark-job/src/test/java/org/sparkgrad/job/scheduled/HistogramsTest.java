package org.sparkgrad.job.scheduled;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestData;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.assemble.Instance;
import org.sparkgrad.job.config.DriftLimits;

/** Distributions of real tables. */
class HistogramsTest {
    private static final List<String> NAMES = List.of("normal", "flag", "sparse", "constant");
    private static final DriftLimits DEFAULTS = new DriftLimits(0.1, 0.5, 0.1, 0.3, 2, 0.6, 0.05, 0.25);
    private static final DriftLimits NOISE_ALONE = new DriftLimits(0, 0, 0, 0, 0, 0, 0, 0);

    private static JavaRDD<HistogramRows.OfShard> cells(List<Instance> instances, int features, int parts) {
        JavaSparkContext spark = TestSpark.context("local[2]");
        return TestData.shards(spark.parallelize(instances, parts), features, 4, 42)
                .rows()
                .map(HistogramRows.OfShard::new);
    }

    private static List<Instance> rows(int rows, long seed) {
        Random random = new Random(seed);
        List<Instance> instances = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            double[] values = {
                random.nextGaussian(),
                random.nextInt(10) < 3 ? 1 : -0.0,
                random.nextInt(50) == 0 ? random.nextDouble() : 0,
                7
            };
            instances.add(new Instance(
                    row,
                    0,
                    1,
                    row % 2 == 0 ? Vectors.dense(values) : Vectors.dense(values).toSparse()));
        }
        return instances;
    }

    @Test
    void countsAreTheRowsOfEachBinHoweverTheTableIsSplit() {
        List<Instance> rows = rows(1000, 1);
        Histograms whole = Histograms.of(cells(rows, 4, 1), 1000, NAMES);
        List<Instance> mixed = new ArrayList<>(rows);
        Collections.shuffle(mixed, new Random(5));
        assertEquals(whole, Histograms.of(cells(mixed, 4, 7), 1000, NAMES));

        for (int j = 0; j < NAMES.size(); j++) {
            List<Double> edges = whole.edges().get(j);
            List<Long> expected = new ArrayList<>(Collections.nCopies(edges.size() + 1, 0L));
            for (Instance row : rows) {
                double value = row.features().apply(j) + 0.0;
                int bin = (int) edges.stream().filter(edge -> edge < value).count();
                expected.set(bin, expected.get(bin) + 1);
            }
            assertEquals(expected, whole.counts().get(j), NAMES.get(j));
        }
        assertEquals(
                List.of(Math.nextDown(0.0), 0.0, Math.nextDown(1.0), 1.0),
                whole.edges().get(1));
        assertEquals(List.of(Math.nextDown(7.0), 7.0), whole.edges().get(3));
        assertEquals(9, whole.edges().get(0).size());
    }

    @Test
    void columnsAreFoundByNameAndTheirMovesSeen() {
        Histograms before = Histograms.of(cells(rows(2000, 1), 4, 2), 2000, NAMES);
        List<String> moved = List.of("flag", "new", "sparse", "constant");
        Histograms now = before.sameOf(cells(rows(2000, 2), 4, 2), moved);
        assertEquals(List.of("flag", "sparse", "constant"), now.names());
        NightShifts shifts = NightShifts.between(1, before, now, null, null);
        assertEquals(now.names(), shifts.features().stream().map(Shift::name).toList());
        assertTrue(shifts.features().get(0).isBeyond(0.1, 0.1), "it is normal now");
        assertEquals(0, shifts.features().get(1).by().psi(), 0.01);
        assertEquals(0, shifts.features().get(2).by().psi());
        assertEquals(1, shifts.warnings(DEFAULTS).size());
        assertEquals(1, shifts.reasons(DEFAULTS).size());
    }

    @Test
    void smallQuietNightsAreBeyondNoiseInOneOfAHundredAtMost() {
        List<String> names = IntStream.range(0, 40).mapToObj(j -> "x" + j).toList();
        for (int features : new int[] {3, 40}) {
            int alarms = 0;
            for (int night = 0; night < 25; night++) {
                Histograms before = Histograms.of(quiet(night, 300, features), 300, names.subList(0, features));
                Histograms now = before.sameOf(quiet(-1 - night, 200, features), names.subList(0, features));
                alarms += NightShifts.between(1, before, now, null, null)
                                .warnings(NOISE_ALONE)
                                .isEmpty()
                        ? 0
                        : 1;
            }
            assertEquals(0, alarms, features + " features");
        }
    }

    private static JavaRDD<HistogramRows.Full> quiet(long seed, int rows, int features) {
        Random random = new Random(seed);
        double[][] values = new double[rows][features];
        for (double[] row : values) {
            for (int j = 0; j < features; j++) {
                row[j] = j % 3 == 0
                        ? random.nextGaussian()
                        : j % 3 == 1 ? Math.exp(2 * random.nextGaussian()) : random.nextInt(60) == 0 ? 1 : 0;
            }
        }
        return TestSpark.context("local[2]").parallelize(List.of(new HistogramRows.Full(values)), 1);
    }
}
