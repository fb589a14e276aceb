package org.sparkgrad.job.exchange.stage;

import java.io.Serializable;
import java.time.Duration;
import org.apache.spark.SparkConf;

/**
 * The time that one side waits for the other.
 *
 * @param heartbeat the time between two heartbeats of a worker
 * @param silence the silence of a worker after which the stage is launched again without its executor
 * @param join the time in which a worker has to join or reconnect; also the silence of the driver after which a worker
 *     ends
 * @param step the time in which a worker with heartbeats has to answer a round; later the worker counts as silent
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
