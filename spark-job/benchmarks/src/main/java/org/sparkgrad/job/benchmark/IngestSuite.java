package org.sparkgrad.job.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sparkgrad.job.benchmark.IngestCase.Layout;

/**
 * The suite {@code ingest}: from files to memory. Each turn of a system is a process of its own, which reads once cold
 * and then warm; systems take turns. scripts/benchmark.sh describes cases, systems and metrics.
 */
public final class IngestSuite {
    /** All systems; scan and scan-columnar are Spark alone. */
    static final List<String> SYSTEMS =
            List.of("scan", "scan-columnar", "sparkgrad", "mllib", "pyarrow", "pandas", "polars");

    /** The file that a folder has when all its files are written; Spark writes it, too. */
    static final String WHOLE = "_SUCCESS";

    private static final List<String> CASES = List.of(
            "parquet-columns-2000000x100",
            "parquet-vector-2000000x100",
            "parquet-array-2000000x100",
            "parquet-columns-200000x1000",
            "csv-500000x100",
            "libsvm-500000x1000000x40",
            "idx-60000x784",
            "cache-vector-2000000x100",
            "cluster-parquet-columns-2000000x100",
            "cluster-parquet-vector-2000000x100");
    private static final List<String> PYTHON = List.of("pyarrow", "pandas", "polars");
    private static final Map<String, String> RATES = Map.of("seconds", "rate", "coldSeconds", "coldRate");
    private static final double MEGABYTE = 1e6;

    private final Path folder;
    private final String memory =
            "-Xmx" + Optional.ofNullable(System.getenv("INGEST_MEMORY")).orElse("8g");
    private final int rounds;
    private final String warm;
    private final List<String> lines = new ArrayList<>();

    private IngestSuite(Path folder, int rounds, String warm) {
        this.folder = folder;
        this.rounds = rounds;
        this.warm = warm;
    }

    /** Takes --cases, --systems, --scale, --rounds, --warm, --data and --json; ends with 1 if a turn failed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = List.of(arguments);
        int scale = Integer.parseInt(
                SuiteProcess.list(given, "--scale", List.of("1")).get(0));
        IngestSuite suite = new IngestSuite(
                Path.of(SuiteProcess.list(given, "--data", List.of("target/ingest"))
                                .get(0))
                        .toAbsolutePath(),
                Integer.parseInt(
                        SuiteProcess.list(given, "--rounds", List.of("3")).get(0)),
                SuiteProcess.list(given, "--warm", List.of("1")).get(0));
        SuiteProcess.announce("ingest");
        boolean whole = true;
        for (String name : SuiteProcess.list(given, "--cases", CASES)) {
            whole &=
                    suite.measure(IngestCase.parse(name).scaled(scale), SuiteProcess.list(given, "--systems", SYSTEMS));
        }
        SuiteProcess.write(given, suite.lines);
        System.exit(whole ? 0 : 1);
    }

    private boolean measure(IngestCase data, List<String> asked) throws IOException, InterruptedException {
        List<String> systems = asked.stream().filter(data::isReadBy).toList();
        asked.stream()
                .filter(system -> !data.isReadBy(system))
                .forEach(system ->
                        System.err.printf("%s, %s: not measured: it does not read such rows%n", data.name(), system));
        Path files = data.folder(folder);
        if (!Files.exists(files.resolve(WHOLE))
                && !SuiteProcess.run(
                        SuiteProcess.java(IngestData.class, memory, List.of(data.name(), folder.toString())),
                        System.err::println)) {
            return false;
        }
        double megabytes = readAll(files) / MEGABYTE;
        boolean whole = true;
        Map<String, List<Double>> values = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            List<String> turns = new ArrayList<>(systems);
            Collections.rotate(turns, round);
            for (String system : turns) {
                whole &= SuiteProcess.run(command(data, system), line -> {
                    System.err.printf("%s, %s: %s%n", data.name(), system, line);
                    int value = line.lastIndexOf(' ') + 1; // after METRIC UNIT
                    values.computeIfAbsent(system + " " + line.substring(0, value), key -> new ArrayList<>())
                            .add(Double.valueOf(line.substring(value)));
                });
            }
        }
        values.forEach((key, all) -> {
            String[] words = key.split(" ", -1);
            add(data, words[0], words[1], words[2], all);
            if (RATES.containsKey(words[1]) && data.layout() != Layout.CACHE_VECTOR) {
                List<Double> rates =
                        all.stream().map(taken -> megabytes / taken).toList();
                add(data, words[0], RATES.get(words[1]), "MB/s", rates);
            }
        });
        return whole;
    }

    private List<String> command(IngestCase data, String system) {
        return PYTHON.contains(system)
                ? List.of(
                        Optional.ofNullable(System.getenv("PYTHON")).orElse("python3"),
                        "scripts/benchmark-ingest.py",
                        system,
                        data.layout().text(),
                        data.folder(folder).toString(),
                        warm)
                : SuiteProcess.java(IngestRun.class, memory, List.of(data.name(), system, folder.toString(), warm));
    }

    private void add(IngestCase data, String system, String metric, String unit, List<Double> values) {
        String line = SuiteProcess.result("ingest", data.name(), system, metric, unit, values);
        System.out.println(line);
        lines.add(line);
    }

    /** Returns the bytes of the files of a folder; they are in the page cache after it. */
    private static long readAll(Path folder) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!._]*")) {
            for (Path file : files) {
                try (InputStream in = Files.newInputStream(file)) {
                    bytes += in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
        return bytes;
    }
}
