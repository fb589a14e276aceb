package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** Spark's log has what the command shows on the screen: what computes, why, and what did not go as it should. */
class EstimatorLogTest {
    /** Ends a task that holds a slot. */
    private static final CountDownLatch FREE = new CountDownLatch(1);

    private final Logger logger = (Logger) LogManager.getLogger(GpuLogisticRegression.class);
    private final Level before = logger.getLevel();
    private final Lines lines = new Lines();

    private static final class Lines extends AbstractAppender {
        private final ConcurrentLinkedQueue<String> all = new ConcurrentLinkedQueue<>();

        Lines() {
            super("lines", null, null, false, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            all.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
        }
    }

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.removeAppender(lines);
        logger.setLevel(before);
    }

    private static GpuLogisticRegression estimator() {
        return new GpuLogisticRegression("fit").setEngine("cpu").setShards(4);
    }

    private static Dataset<Row> rows(SparkSession session) {
        return new LearningProblem(2, false, true, true, Penalty.L2, true, false).dataset(session);
    }

    private void assertSaid(String line) {
        assertTrue(lines.all.stream().anyMatch(said -> said.contains(line)), () -> line + " in " + lines.all);
    }

    @Test
    void aFitSaysWhatComputesAndWhy() {
        estimator().fit(rows(TestSpark.session("local[2]")));
        assertSaid("INFO [fit] engine cpu: asked for");
        assertSaid("INFO [fit] exchange stage: ");
        assertSaid("INFO [fit] executor driver computes on ");
        assertSaid("INFO [fit] optimizer ");
    }

    @Test
    void aValidatorSaysItToo() {
        GpuLogisticRegression estimator = estimator();
        ParamMap[] settings = new ParamGridBuilder()
                .addGrid(estimator.regParam(), new double[] {1, 0.01})
                .build();
        GpuCrossValidator validator = new GpuCrossValidator();
        validator
                .setEstimator(estimator.setExchange("job"))
                .setEstimatorParamMaps(settings)
                .setEvaluator(new BinaryClassificationEvaluator())
                .setNumFolds(2);
        validator.fit(rows(TestSpark.session("local[2]")));
        assertSaid("INFO [fit] engine cpu: asked for");
        assertSaid("INFO [fit] exchange job: asked for");
        assertSaid("INFO [fit] executor driver computes on ");
    }

    @Test
    void speculationIsAWarning() throws IOException {
        SparkSession session = TestSpark.cluster("local[2]", Map.of("spark.speculation", "true"));
        try {
            estimator().fit(rows(session));
        } finally {
            session.stop();
        }
        assertSaid("WARN [fit] exchange job: spark.speculation=true would end workers of a stage");
    }

    @Test
    void tlsIsAWarning() throws IOException {
        SparkSession session = TestSpark.cluster("local[2]", Map.of("spark.ssl.rpc.enabled", "true"));
        try {
            estimator().fit(rows(session));
        } finally {
            session.stop();
        }
        assertSaid("WARN [fit] exchange job: spark.ssl.rpc.enabled=true asks for TLS");
    }

    @Test
    void missingSlotsAreAWarning() throws IOException {
        SparkSession session = TestSpark.cluster("local[2]", Map.of("spark.sparkgrad.joinTimeout", "1s"));
        try {
            JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
            Future<?> other = spark.parallelize(new ArrayList<>(List.of(1)), 1).foreachAsync(one -> FREE.await());
            estimator().setExchange("stage").fit(rows(session));
            assertSaid("WARN [fit] 1 of 2 workers found no slot within 1 s: going on with 1");
            FREE.countDown();
            other.cancel(true);
        } finally {
            session.stop();
        }
    }
}
