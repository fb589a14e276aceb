package org.sparkgrad.job.exchange.stage;

import java.io.Serializable;
import java.time.Duration;
import org.apache.spark.SparkConf;

/**
 * How long one side waits for the other.
 *
 * @param heartbeat between two signs of life of a worker
 * @param silence of a worker after which the stage is launched again without its executor
 * @param join for a worker to come, at the start or again; and of the driver's silence, after which a worker gives up
 * @param step for a worker that gives signs of life to answer a round, after which it counts as silent
 */
public record Timeouts(Duration heartbeat, Duration silence, Duration join, Duration step) implements Serializable {
    /** Reads {@code spark.sparkgrad.silenceTimeout}, {@code .joinTimeout} and {@code .stepTimeout}. */
    public static Timeouts of(SparkConf conf) {
        Duration silence = duration(conf, "silenceTimeout", "20s");
        Duration second = Duration.ofSeconds(1);
        Duration quarter = silence.dividedBy(4);
        return new Timeouts(
                quarter.compareTo(second) < 0 ? quarter : second,
                silence,
                duration(conf, "joinTimeout", "60s"),
                duration(conf, "stepTimeout", "1h"));
    }

    private static Duration duration(SparkConf conf, String name, String usual) {
        return Duration.ofMillis(conf.getTimeAsMs("spark.sparkgrad." + name, usual));
    }
}
