package org.sparkgrad.job.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgrad.job.config.GenerateSettings;
import org.sparkgrad.job.config.GenerateSettings.Format;
import org.sparkgrad.job.config.GenerateSettings.Kind;

/**
 * A case of {@link IngestSuite}, such as parquet-columns-2000000x100, libsvm-500000x1000000x40 (non-zero numbers of a
 * row at the end), or cluster-csv-500000x100.
 *
 * @param cluster whether two executors of one core read the files, instead of one JVM
 * @param layout how the rows are stored
 * @param rows N
 * @param features F
 * @param nonzeros the non-zero numbers of a row of LIBSVM
 */
record IngestCase(boolean cluster, Layout layout, int rows, int features, int nonzeros) {
    private static final Pattern NAME = Pattern.compile(
            "(cluster-)?(parquet-columns|parquet-vector|parquet-array|cache-vector|csv|libsvm|idx)-(\\d+)x(\\d+)(x\\d+)?");

    /** How rows are stored. */
    enum Layout {
        /** A column of floats for each feature. */
        PARQUET_COLUMNS,
        /** MLlib's vectors, of doubles. */
        PARQUET_VECTOR,
        /** Arrays of floats. */
        PARQUET_ARRAY,
        /** The files of PARQUET_VECTOR, in Spark's cache before the clock starts. */
        CACHE_VECTOR,
        /** Text with a header and numbers of four decimals. */
        CSV,
        /** Text of index:value. */
        LIBSVM,
        /** A file of bytes and a file of labels 0 to 9. */
        IDX;

        /** Returns the layout as names of cases have it. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        boolean isParquet() {
            return name().startsWith("PARQUET");
        }
    }

    static IngestCase parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches() || name.contains("libsvm") != (matcher.group(5) != null)) {
            throw new IllegalArgumentException("no case " + name + ": [cluster-]LAYOUT-ROWSxFEATURES, LAYOUT one of "
                    + "parquet-columns, parquet-vector, parquet-array, cache-vector, csv, idx; or "
                    + "libsvm-ROWSxFEATURESxNONZEROS");
        }
        return new IngestCase(
                matcher.group(1) != null,
                Layout.valueOf(matcher.group(2).toUpperCase(Locale.ROOT).replace('-', '_')),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                matcher.group(5) == null ? 0 : Integer.parseInt(matcher.group(5).substring(1)));
    }

    /** Returns the case with as many rows as this one divided by a number. */
    IngestCase scaled(int by) {
        return new IngestCase(cluster, layout, Math.max(1, rows / by), features, nonzeros);
    }

    String name() {
        return (cluster ? "cluster-" : "") + files(layout);
    }

    private String files(Layout stored) {
        return stored.text() + "-" + rows + "x" + features + (layout == Layout.LIBSVM ? "x" + nonzeros : "");
    }

    /** Returns the folder of the files, in a folder of all cases. */
    Path folder(Path all) {
        return all.resolve(files(layout == Layout.CACHE_VECTOR ? Layout.PARQUET_VECTOR : layout));
    }

    /** Returns the settings by which the command {@code generate} writes CSV or LIBSVM. */
    GenerateSettings generated(Path folder) {
        boolean sparse = layout == Layout.LIBSVM;
        return new GenerateSettings(
                sparse ? Kind.SPARSE : Kind.DENSE,
                rows,
                features,
                2,
                Math.max(1, nonzeros),
                1,
                sparse ? Format.LIBSVM : Format.CSV,
                folder.toString(),
                true);
    }

    /** Returns whether a system reads such files. */
    boolean isReadBy(String system) {
        boolean columns = layout == Layout.PARQUET_COLUMNS || layout == Layout.PARQUET_ARRAY || layout == Layout.CSV;
        return switch (system) {
            case "sparkgrad" -> true;
            case "scan", "mllib" -> layout != Layout.IDX;
            case "scan-columnar" -> layout.isParquet();
            case "pandas" -> !cluster && columns;
            case "pyarrow", "polars" -> !cluster && (columns || layout == Layout.PARQUET_VECTOR);
            default -> throw new IllegalArgumentException("no system " + system + ": " + IngestSuite.SYSTEMS);
        };
    }

    /** Returns the arguments of {@code train} that name the files. */
    List<String> options(Path folder) {
        String path = folder.toString();
        return switch (layout) {
            case PARQUET_COLUMNS, PARQUET_VECTOR, PARQUET_ARRAY, CACHE_VECTOR ->
                List.of("--format", "parquet", "--data", path, "--label", "label");
            case CSV -> List.of("--format", "csv", "--data", path, "--label", "label", "--header");
            case LIBSVM -> List.of("--format", "libsvm", "--data", path);
            case IDX -> List.of("--format", "idx", "--data", path + "/images", "--labels", path + "/labels");
        };
    }
}
