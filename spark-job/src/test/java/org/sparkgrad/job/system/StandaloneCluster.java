package org.sparkgrad.job.system;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.launcher.JavaModuleOptions;
import org.sparkgrad.job.TestSpark;

/** A Spark Master and Workers on loopback, each Worker with one core and one GPU address of its own. */
final class StandaloneCluster implements AutoCloseable {
    private final List<Process> processes = new ArrayList<>();
    private final String url;

    /**
     * @param folder for work and logs
     * @param workers how many Workers; worker k's discovery script hands out address k
     */
    StandaloneCluster(Path folder, int workers) throws IOException, InterruptedException {
        int port = freePort();
        url = "spark://127.0.0.1:" + port;
        Path masterLog = folder.resolve("master.log");
        start(masterLog, "org.apache.spark.deploy.master.Master", List.of(), "--port", "" + port, "--webui-port", "0");
        await(() -> read(masterLog).contains("I have been elected leader"), "the Master's start", masterLog);
        for (int k = 0; k < workers; k++) {
            Path script = folder.resolve("discover" + k + ".sh");
            Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"" + k + "\"]}'\n");
            if (!script.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + script + " executable");
            }
            List<String> options = List.of(
                    "-Dspark.worker.resource.gpu.amount=1", "-Dspark.worker.resource.gpu.discoveryScript=" + script);
            Path work = Files.createDirectories(folder.resolve("work" + k));
            start(
                    folder.resolve("worker" + k + ".log"),
                    "org.apache.spark.deploy.worker.Worker",
                    options,
                    "--webui-port",
                    "0",
                    "--cores",
                    "1",
                    "--memory",
                    "2g",
                    "--work-dir",
                    work.toString(),
                    url);
        }
        await(() -> read(masterLog).split("Registering worker", -1).length == workers + 1, "all Workers", masterLog);
    }

    /** Returns the master's URL. */
    String url() {
        return url;
    }

    private void start(Path log, String main, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.addAll(options);
        command.addAll(TestSpark.SHORT_LIVED);
        command.addAll(
                List.of("-Xmx512m", "-cp", Launcher.SPARK.resolve("jars/*").toString(), main));
        command.addAll(List.of("--host", "127.0.0.1"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SPARK_HOME", Launcher.SPARK.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.12");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        processes.add(builder.start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            return "";
        }
    }

    private static void await(BooleanSupplier condition, String what, Path log) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited a minute for " + what + ":\n" + read(log));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
