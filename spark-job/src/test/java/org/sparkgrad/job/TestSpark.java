package org.sparkgrad.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of the tests in this JVM: one at a time, replaced when another master is asked for. Its serializer is
 * Kryo with -Dsparkgrad.kryo=true.
 */
public final class TestSpark {
    /**
     * For JVMs that end soon and compute little: half of their processor time would go to the second compiler, and of what
     * is left a quarter to the verifier and the threads of the larger collector.
     */
    public static final List<String> SHORT_LIVED = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    /** The setting that says so to executors of {@link #cluster}; benchmarks set it to nothing. */
    public static final String EXECUTOR_OPTIONS = "spark.executor.extraJavaOptions";

    private static final String SERIALIZER = "spark.serializer";
    private static final String KRYO = KryoSerializer.class.getName();

    private TestSpark() {}

    /** Returns the running session if it has this master, else a new one in place of it. */
    public static synchronized SparkSession session(String master) {
        SparkSession running = SparkSession.getDefaultSession().isDefined()
                ? SparkSession.getDefaultSession().get()
                : null;
        if (running != null && !running.sparkContext().isStopped()) {
            if (running.sparkContext().master().equals(master)) {
                return running;
            }
            running.stop();
        }
        return builder(master).getOrCreate();
    }

    /**
     * Returns a session on {@code local[2]} that interprets its plans, for tests that read very many small tables: to
     * compile a plan for each takes longer than to read it.
     */
    public static SparkSession interpreted() {
        SparkSession session = session("local[2]").newSession();
        session.conf().set("spark.sql.codegen.wholeStage", false);
        session.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
        session.conf().set("spark.sql.shuffle.partitions", 1);
        return session;
    }

    /**
     * Starts a session whose executors are processes with this JVM's class path, in place of the running one; the caller
     * stops it.
     *
     * @param conf further settings
     */
    public static synchronized SparkSession cluster(String master, Map<String, String> conf) throws IOException {
        if (SparkSession.getDefaultSession().isDefined()) {
            SparkSession.getDefaultSession().get().stop();
        }
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        SparkSession.Builder builder = builder(master)
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config(EXECUTOR_OPTIONS, String.join(" ", SHORT_LIVED))
                .config("spark.executor.memory", "512m");
        conf.forEach(builder::config);
        return builder.getOrCreate();
    }

    /** Returns the settings of a session whose serializer is Kryo, and writes nothing that is not registered. */
    public static Map<String, String> kryo() {
        return Map.of(SERIALIZER, KRYO, "spark.kryo.registrationRequired", "true");
    }

    /** Returns those of one whose serializer is Kryo, and writes any class that it can. */
    public static Map<String, String> lenientKryo() {
        return Map.of(SERIALIZER, KRYO);
    }

    private static SparkSession.Builder builder(String master) {
        return SparkSession.builder()
                .config(SERIALIZER, Boolean.getBoolean("sparkgrad.kryo") ? KRYO : JavaSerializer.class.getName())
                .master(master)
                .appName("tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.locality.wait", "0s")
                .config("spark.sparkgrad.idleTimeout", "1h") // a slow machine changes no test
                .config("spark.sql.shuffle.partitions", "4");
    }

    /** Returns a Java context of {@link #session}. */
    public static JavaSparkContext context(String master) {
        return JavaSparkContext.fromSparkContext(session(master).sparkContext());
    }
}
