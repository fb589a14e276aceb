package org.sparkgrad.job.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.TestSpark;

/** Beside Spark's own collect. */
class ShortJobsTest {
    private static final JavaSparkContext SPARK = TestSpark.context("local[2]");

    private final List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();

    @AfterEach
    void nothingIsLeftOfTheName() {
        assertNull(SPARK.getLocalProperty("callSite.short"));
    }

    @Test
    void elementsComeInTheirOrder() {
        for (int partitions : new int[] {1, 3, 7, 1200}) {
            JavaRDD<Integer> rdd = SPARK.parallelize(numbers, partitions);
            assertEquals(rdd.collect(), ShortJobs.collect(rdd));
        }
        assertEquals(List.of(), ShortJobs.collect(SPARK.<Integer>emptyRDD()));
    }

    @Test
    void whatATaskThrowsIsSaidAsSparkSaysIt() {
        JavaRDD<Integer> rdd = SPARK.parallelize(numbers, 2).map(number -> {
            throw new IOException("no such number");
        });
        SparkException failure = assertThrows(SparkException.class, () -> ShortJobs.collect(rdd));
        assertEquals(new IOException("no such number").toString(), String.valueOf(failure.getCause()));
    }

    @Test
    void jobsAreNamedByWhoCalls() throws InterruptedException {
        BlockingQueue<String> names = new LinkedBlockingQueue<>();
        SparkListener listener = new SparkListener() {
            @Override
            public void onStageSubmitted(SparkListenerStageSubmitted stage) {
                if (stage.stageInfo().rddInfos().head().name().equals("these")) {
                    names.add(stage.stageInfo().name());
                }
            }
        };
        SPARK.sc().addSparkListener(listener);
        try {
            ShortJobs.collect(SPARK.parallelize(numbers, 2).setName("these"));
            String name = names.poll(1, TimeUnit.MINUTES);
            assertTrue(String.valueOf(name).matches("collect at ShortJobsTest\\.java:\\d+"), name);
        } finally {
            SPARK.sc().removeSparkListener(listener);
        }
    }
}
