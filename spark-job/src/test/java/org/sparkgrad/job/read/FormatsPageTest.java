package org.sparkgrad.job.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sparkgrad.job.TestSpark;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.config.TrainConfiguration;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.report.Progress;
import org.sparkgrad.job.report.TrainingPlan;
import org.sparkgrad.job.run.Trainer;
import scala.collection.Seq;

/**
 * Guards docs/formats.md: each table there with the columns file, options and read as has an example a row, whose first
 * two cells are the input. Each is written and read; with -Dsparkgrad.regenerate the third cell is written anew.
 */
class FormatsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "formats.md");

    /** The title of a table of examples: the file's name, then the other two columns. */
    private static final Pattern TITLE = Pattern.compile("\\| `(\\S+)`(?: by SQL)? \\| options \\| read as \\|");

    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    private static final Pattern PLACE = Pattern.compile("file:\\S*/(\\S+)");

    @TempDir
    private Path folder;

    private final SparkSession spark = TestSpark.interpreted();

    @Test
    void theExamplesAreReadAsThePageSays() throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<String> read = new ArrayList<>();
        String name = null;
        int examples = 0;
        for (String line : page) {
            List<MatchResult> title = TITLE.matcher(line).results().toList();
            boolean inTable = line.startsWith("|");
            name = !title.isEmpty() ? title.get(0).group(1) : inTable ? name : null;
            if (name == null || !title.isEmpty() || line.startsWith("|---")) {
                read.add(line);
            } else {
                examples++;
                read.add(example(name, line, folder.resolve("" + examples)));
            }
        }
        if (Boolean.getBoolean("sparkgrad.regenerate")) {
            Files.write(PAGE, read);
        }
        assertTrue(examples > 0, "the page has no examples");
        assertEquals(
                String.join("\n", read),
                String.join("\n", Files.readAllLines(PAGE)),
                "docs/formats.md is stale; write it anew with: mvn -pl spark-job -am test -Dtest=FormatsPageTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dsparkgrad.regenerate=true");
    }

    /** Returns the line with what is read. */
    private String example(String name, String line, Path place) throws IOException {
        String[] cells = line.split("(?<!\\\\)\\|", -1);
        Path file = Files.createDirectories(place).resolve(name);
        List<String> written = codes(cells[1]);
        if (name.endsWith(".parquet")) {
            SparkSession caseSensitive = spark.newSession(); // so that x and X can be written
            caseSensitive.conf().set("spark.sql.caseSensitive", true);
            caseSensitive.sql(written.get(0)).coalesce(1).write().parquet(file.toString());
        } else {
            Files.writeString(file, String.join("\n", written).replace('⇥', '\t') + "\n");
        }
        List<String> arguments = new ArrayList<>(List.of("--data=" + file, "--dry-run", "--engine=cpu"));
        codes(cells[2]).stream().flatMap(code -> Stream.of(code.split(" ", -1))).forEach(arguments::add);
        return "|" + cells[1] + "|" + cells[2] + "| "
                + readAs(arguments).replace("|", "\\|").replace("\n", " ") + " |";
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell.replace("\\|", "|"))
                .results()
                .map(code -> code.group(1))
                .toList();
    }

    private String readAs(List<String> arguments) {
        try {
            DataSettings data = TrainConfiguration.read(arguments).settings().data();
            TrainingPlan plan =
                    Trainer.plan(spark, TrainConfiguration.read(arguments).settings(), Progress.SILENT);
            Table table = TableReader.read(spark, data);
            List<Row> rows = new ArrayList<>(table.rows().collectAsList());
            int number = table.rows().columns().length - 1;
            rows.sort(Comparator.comparingLong(row -> row.getLong(number)));
            List<String> parts = new ArrayList<>();
            for (int column = 0; column < number; column++) {
                parts.add(column(table.rows().schema().fields()[column], rows, column));
            }
            parts.add("labels " + plan.labels().stream().map("`%s`"::formatted).collect(Collectors.joining(", ")));
            table.report().notes().stream().map(note -> "said: " + note).forEach(parts::add);
            return String.join("; ", parts);
        } catch (JobException problem) {
            return "refused: "
                    + PLACE.matcher(String.valueOf(problem.getMessage()))
                            .replaceAll("$1")
                            .replaceAll("part-\\S+\\.parquet", "data.parquet");
        }
    }

    private static String column(StructField field, List<Row> rows, int column) {
        String kind = field.dataType() instanceof NumericType
                ? "numbers"
                : field.dataType().equals(DataTypes.StringType)
                        ? "text"
                        : field.dataType().typeName();
        return rows.stream()
                .map(row -> shown(row.get(column)))
                .collect(Collectors.joining(" · ", "%s `%s`: ".formatted(kind, field.name()), ""));
    }

    private static String shown(@Nullable Object cell) {
        if (cell == null) {
            return "*missing*";
        }
        String text = cell instanceof Seq<?> array ? array.mkString("[", ", ", "]") : cell.toString();
        return "`" + (cell instanceof Number ? text.replaceFirst("\\.0$", "") : text) + "`";
    }
}
