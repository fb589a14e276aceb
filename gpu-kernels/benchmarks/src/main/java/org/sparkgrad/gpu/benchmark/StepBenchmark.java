package org.sparkgrad.gpu.benchmark;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One step of one system, as JMH measures it. The systems of a case stay open between the runs of JMH. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StepBenchmark {
    static final Map<String, BenchmarkSystem> OPEN = new ConcurrentHashMap<>();

    /** The system's name. */
    @Param("")
    public String system = "";

    private BenchmarkSystem opened = BenchmarkSystem.NONE;

    /** Finds the system. */
    @Setup
    public void find() {
        opened = Objects.requireNonNull(OPEN.get(system));
    }

    /** Takes the time of a step. */
    @Benchmark
    public Object step() {
        return opened.step();
    }
}
