package org.sparkgrad.job.ml.fit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.GpuLogisticRegression;
import org.sparkgrad.job.ml.LearningProblem;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** MLlib's own CrossValidator, which fits one setting after the other, over rows that stay where they are. */
class ResidentCacheTest {
    private static final int FOLDS = 3;
    private static final long MILLIS = 20;
    private static final int TURNS = 500;

    private final SparkSession spark = TestSpark.session("local[2]");
    private final Dataset<Row> dataset =
            new LearningProblem(2, false, true, true, Penalty.L2, true, false).dataset(spark);
    private final GpuLogisticRegression estimator = new GpuLogisticRegression()
            .setEngine("cpu")
            .setPrecision("double")
            .setWeightCol("weight")
            .setMaxIter(50);
    private final ParamMap[] settings = new ParamGridBuilder()
            .addGrid(estimator.regParam(), new double[] {1, 0.01, 0.1})
            .addGrid(estimator.elasticNetParam(), new double[] {0, 0.5, 1})
            .build();

    /** Counts the stages that shuffle rows into shards; each is followed by one making of blocks. */
    private static final class Shuffles extends SparkListener {
        private final AtomicInteger count = new AtomicInteger();

        @Override
        public void onStageCompleted(SparkListenerStageCompleted event) {
            if (event.stageInfo().details().contains("Shards.shuffle")
                    && event.stageInfo().shuffleDepId().isDefined()) {
                count.incrementAndGet();
            }
        }
    }

    @AfterEach
    void drop() {
        dataset.unpersist(true);
        awaitSize(0);
    }

    private static void awaitSize(int size) {
        await(size, () -> ResidentCache.get().size());
    }

    /** Spark tells its listeners later than it does what it tells. */
    private static void await(int expected, IntSupplier found) {
        for (int turn = 0; turn < TURNS && found.getAsInt() != expected; turn++) {
            try {
                Thread.sleep(MILLIS);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
        assertEquals(expected, found.getAsInt());
    }

    private CrossValidatorModel validated(int parallelism) {
        return new CrossValidator()
                .setEstimator(estimator)
                .setEstimatorParamMaps(settings)
                .setEvaluator(new BinaryClassificationEvaluator())
                .setNumFolds(FOLDS)
                .setParallelism(parallelism)
                .setCollectSubModels(true)
                .setSeed(3)
                .fit(dataset);
    }

    private static LogisticRegressionModel model(CrossValidatorModel validated, int fold, int setting) {
        return (LogisticRegressionModel) validated.subModels()[fold][setting];
    }

    /** The folds, and all rows at the end; MLlib sums the areas of its metric as they arrive, so that is not to the bit. */
    @Test
    void nineSettingsOfAFoldShuffleItsRowsOnceAlsoAtTheSameTime() throws TimeoutException {
        Shuffles shuffles = new Shuffles();
        spark.sparkContext().addSparkListener(shuffles);
        CrossValidatorModel expected = validated(1);
        spark.sparkContext().listenerBus().waitUntilEmpty();
        assertEquals(FOLDS + 1, shuffles.count.get());
        awaitSize(1); // that of the persisted dataset; MLlib has dropped those of the folds
        CrossValidatorModel found = validated(4);
        spark.sparkContext().listenerBus().waitUntilEmpty();
        spark.sparkContext().removeSparkListener(shuffles);
        assertEquals(2 * FOLDS + 1, shuffles.count.get(), "the rows of all are still there");
        awaitSize(1);
        for (int fold = 0; fold < FOLDS; fold++) {
            for (int p = 0; p < settings.length; p++) {
                assertEquals(
                        model(expected, fold, p).coefficients(),
                        model(found, fold, p).coefficients());
                assertEquals(
                        model(expected, fold, p).intercept(),
                        model(found, fold, p).intercept());
            }
        }
        assertArrayEquals(expected.avgMetrics(), found.avgMetrics(), 1e-12);
    }

    @Test
    void sharedRowsGiveTheBitsOfAFitAlone() {
        for (ParamMap map : settings) {
            for (boolean standardization : new boolean[] {true, false}) {
                GpuLogisticRegression copy = estimator.copy(map);
                copy.setStandardization(standardization);
                LogisticRegressionModel alone = copy.fit(dataset);
                LogisticRegressionModel shared = copy.fit(dataset, ParamMap.empty());
                assertEquals(alone.coefficients(), shared.coefficients());
                assertEquals(alone.intercept(), shared.intercept());
                assertArrayEquals(
                        alone.summary().objectiveHistory(), shared.summary().objectiveHistory());
            }
        }
        assertEquals(2, ResidentCache.get().size());
    }

    @Test
    void atMostTwoAreHeldAndNothingIsLeft() {
        dataset.count();
        int persisted = blocks();
        GpuLogisticRegression other = estimator.copy(ParamMap.empty());
        for (int seed = 0; seed < 4; seed++) {
            other.setSeed(seed);
            other.fit(dataset, settings[0]);
            assertTrue(ResidentCache.get().size() <= ResidentCache.MOST);
        }
        assertEquals(persisted + ResidentCache.MOST, blocks());
        dataset.unpersist(true);
        awaitSize(0);
        await(persisted - 1, this::blocks);
    }

    private int blocks() {
        return spark.sparkContext().getPersistentRDDs().size();
    }

    @Test
    void whatSparkDoesNotKeepIsReadAgain() {
        Dataset<Row> filtered = dataset.filter(functions.rand(5).gt(0.1));
        assertFalse(RowsKey.of(filtered, estimator).isPresent());
        dataset.unpersist(true);
        estimator.fit(dataset, settings[0]);
        assertEquals(0, ResidentCache.get().size());
    }

    @Test
    void parametersThatChangeBlocksAreTold() {
        RowsKey key = RowsKey.of(dataset.select("label", "features"), estimator).orElseThrow();
        assertEquals(
                key,
                RowsKey.of(dataset.select("label", "features"), estimator.copy(settings[3]))
                        .orElseThrow());
        assertFalse(
                key.equals(RowsKey.of(dataset.filter("weight > 1"), estimator).orElseThrow()));
        GpuLogisticRegression raw = estimator.copy(ParamMap.empty());
        raw.setStandardization(false);
        assertFalse(
                key.equals(RowsKey.of(dataset.select("label", "features"), raw).orElseThrow()));
        assertFalse(RowsKey.of(dataset, estimator.copy(ParamMap.empty()).setBatchSize(32))
                .isPresent());
        assertFalse(RowsKey.of(dataset, estimator.copy(ParamMap.empty()).setExchange("stage"))
                .isPresent());
    }

    @Test
    void rowsOfAFitThatFailsAreNotKept() {
        Dataset<Row> bad = dataset.withColumn("label", functions.lit(-1.0)).cache();
        assertThrows(Exception.class, () -> estimator.fit(bad, settings[0]));
        assertEquals(0, ResidentCache.get().size());
        bad.unpersist(true);
    }

    /** What MLlib's CrossValidator leaves behind for a Dataset that its user has persisted. */
    @Test
    void rowsWithoutAFitAreReleasedAfterAWhile() {
        dataset.persist();
        ResidentCache cache = new ResidentCache();
        RowsKey key = RowsKey.of(dataset, estimator).orElseThrow();
        String before = spark.sparkContext().conf().get(ResidentCache.IDLE_TIMEOUT);
        spark.sparkContext().conf().set(ResidentCache.IDLE_TIMEOUT, MILLIS + "ms");
        try {
            for (int use = 1; use <= 2; use++) {
                LogisticRegressionModel model =
                        cache.use(spark.sparkContext(), key, () -> new ResidentRows(dataset, estimator), rows -> {
                            assertEquals(1, cache.size());
                            return rows.fit(dataset, estimator);
                        });
                assertTrue(model.coefficients().numNonzeros() > 0);
                await(0, cache::size);
            }
        } finally {
            spark.sparkContext().conf().set(ResidentCache.IDLE_TIMEOUT, before);
        }
    }
}
