package org.sparkgrad.job.ml;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.ml.LearningProblem.Penalty;

/** A fit that fails half-way, and the next one. */
class CheckpointDirTest {
    private static final int JOBS_UNTIL_FAILURE = 60;

    private final SparkSession spark = TestSpark.session("local[2]");

    @TempDir
    private Path folder;

    private GpuLogisticRegression estimator() {
        return new GpuLogisticRegression()
                .setEngine("cpu")
                .setExchange("job")
                .setOptimizer("adam")
                .setBatchSize(20)
                .setEpochs(8);
    }

    private Dataset<Row> data() {
        StructType schema = new StructType()
                .add("label", "double")
                .add("weight", "double")
                .add("features", SQLDataTypes.VectorType());
        LearningProblem problem = new LearningProblem(2, false, true, true, Penalty.L2, true, false);
        return spark.createDataFrame(problem.rows(), schema);
    }

    /** Counts jobs, and cancels all from some number on. */
    private final class Jobs extends SparkListener {
        private final AtomicInteger started = new AtomicInteger();
        private final int most;

        Jobs(int most) {
            this.most = most;
        }

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            if (started.incrementAndGet() > most) {
                spark.sparkContext().cancelAllJobs();
            }
        }

        /** Runs with this listener and returns how many jobs were started. */
        int during(Runnable work) {
            spark.sparkContext().addSparkListener(this);
            try {
                work.run();
            } finally {
                spark.sparkContext().removeSparkListener(this);
            }
            return started.get();
        }
    }

    @Test
    void theNextFitGoesOn() {
        Dataset<Row> data = data();
        LogisticRegressionModel[] whole = new LogisticRegressionModel[1];
        int allJobs =
                new Jobs(Integer.MAX_VALUE).during(() -> whole[0] = estimator().fit(data));
        GpuLogisticRegression saving = estimator().setCheckpointDir(folder.toString());
        assertThrows(
                Exception.class,
                () -> new Jobs(JOBS_UNTIL_FAILURE).during(() -> saving.fit(data)),
                "all jobs cancelled");
        assertEquals(1, names().length, "one training's folder");

        LogisticRegressionModel[] resumed = new LogisticRegressionModel[1];
        int jobsLeft = new Jobs(Integer.MAX_VALUE).during(() -> resumed[0] = saving.fit(data));

        assertEquals(whole[0].coefficientMatrix(), resumed[0].coefficientMatrix());
        assertEquals(whole[0].interceptVector(), resumed[0].interceptVector());
        assertTrue(jobsLeft < allJobs - JOBS_UNTIL_FAILURE / 2, jobsLeft + " of " + allJobs);
        assertEquals(0, names().length, "the checkpoints have done their work");
    }

    @Test
    void anotherTrainingLeavesThemAlone() {
        Dataset<Row> data = data();
        GpuLogisticRegression saving = estimator().setCheckpointDir(folder.toString());
        assertThrows(Exception.class, () -> new Jobs(JOBS_UNTIL_FAILURE).during(() -> saving.fit(data)));
        String[] before = names();

        LogisticRegressionModel other = saving.setEpochs(2).fit(data);

        assertEquals(estimator().setEpochs(2).fit(data).coefficientMatrix(), other.coefficientMatrix());
        assertArrayEquals(before, names());
    }

    private String[] names() {
        String[] names = folder.toFile().list();
        return names == null ? new String[0] : names;
    }
}
