package org.sparkgrad.job;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** A standalone Master and Workers of one core on loopback, with this JVM's class path; for sessions of {@link TestSpark}. */
public final class LoopbackCluster implements AutoCloseable {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final List<Process> processes = new ArrayList<>();
    private final Path folder;
    private final Map<String, String> properties;
    private final Path log;
    private final String url;
    private int workers;

    /**
     * Starts it.
     *
     * @param folder for logs and the Workers' files
     * @param workers how many Workers
     * @param properties of Spark for Master and Workers, such as a secret
     */
    public LoopbackCluster(Path folder, int workers, Map<String, String> properties)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.properties = properties;
        this.log = folder.resolve("master.log");
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        url = "spark://127.0.0.1:" + port;
        Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
        Files.writeString(folder.resolve("log4j2.properties"), """
                rootLogger.level = info
                rootLogger.appenderRef.out.ref = out
                appender.out.type = Console
                appender.out.name = out
                """);
        try {
            start(log, "Master", "--port", "" + port);
            await(log, "elected leader", 1);
            for (int w = 0; w < workers; w++) {
                addWorker();
            }
        } catch (IOException | InterruptedException | RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /** Starts one more Worker. */
    public void addWorker() throws IOException, InterruptedException {
        String work = Files.createDirectories(folder.resolve("work" + workers)).toString();
        Path workerLog = folder.resolve("worker" + workers + ".log");
        start(workerLog, "Worker", "--cores", "1", "--memory", "1g", "--work-dir", work, url);
        workers++;
        await(log, "Registering worker", workers);
    }

    /** Returns the master's URL. */
    public String url() {
        return url;
    }

    private void start(Path output, String kind, String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        line.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        properties.forEach((key, value) -> line.add("-D" + key + "=" + value));
        line.addAll(TestSpark.SHORT_LIVED);
        line.addAll(List.of("-Xmx256m", "-Dlog4j2.configurationFile=" + folder.resolve("log4j2.properties")));
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.addAll(List.of("org.apache.spark.deploy." + kind.toLowerCase(java.util.Locale.ROOT) + "." + kind));
        line.addAll(List.of("--host", "127.0.0.1", "--webui-port", "0"));
        line.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start());
    }

    private static void await(Path log, String text, int times) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + MINUTE;
        while (Files.readString(log).split(text, -1).length <= times) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("no \"" + text + "\" in a minute:\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Ends all processes that it started, and their executors. */
    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
