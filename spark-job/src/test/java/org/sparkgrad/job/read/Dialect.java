package org.sparkgrad.job.read;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.parquet.schema.Types.MessageTypeBuilder;
import org.jspecify.annotations.Nullable;

/** A way to write a table, the options that read it, and what the refusal contains where it is refused. */
enum Dialect {
    CSV("csv", "--header", null),
    ALL_QUOTED("csv", "--header", null),
    CRLF_AND_BYTE_ORDER_MARK("csv", "--header", null),
    TSV("tsv", "--header", null),
    DECIMAL_COMMA("csv", "--header --delimiter ; --decimal ,", null),
    ESCAPED("csv", "--header --escape \\", null),
    PACKED_WITH_TEXTS_FOR_MISSING("csv.gz", "--header", null),
    PARQUET("parquet", "", null),
    PARQUET_OF_STRINGS("parquet", "", null),
    ESCAPED_WITHOUT_THE_OPTION("csv", "--header", "quote");

    private final String ending;
    private final String options;
    private final @Nullable String refusal;

    Dialect(String ending, String options, @Nullable String refusal) {
        this.ending = ending;
        this.options = options;
        this.refusal = refusal;
    }

    /** Returns what a file's name ends with. */
    String ending() {
        return ending;
    }

    /** Returns the options that read it. */
    String options() {
        return options;
    }

    /** Returns what the refusal contains; null where the table is read. */
    @Nullable
    String refusal() {
        return refusal;
    }

    /** Writes a table to a file. */
    void write(WrittenTable table, Path file) throws IOException {
        switch (this) {
            case CSV -> text(table, file, ",", "\n", cell -> plain(cell, ",", "\"\""), "");
            case ALL_QUOTED -> text(table, file, ",", "\n", cell -> quoted(shown(cell), "\"\""), "");
            case CRLF_AND_BYTE_ORDER_MARK -> text(table, file, ",", "\r\n", cell -> plain(cell, ",", "\"\""), "\uFEFF");
            case TSV -> text(table, file, "\t", "\n", cell -> plain(cell, "\t", "\"\""), "");
            case DECIMAL_COMMA ->
                text(
                        table,
                        file,
                        ";",
                        "\n",
                        cell -> cell instanceof Double ? shown(cell).replace('.', ',') : plain(cell, ";", "\"\""),
                        "");
            case ESCAPED, ESCAPED_WITHOUT_THE_OPTION ->
                text(table, file, ",", "\n", cell -> plain(cell, ",", "\\\""), "");
            case PACKED_WITH_TEXTS_FOR_MISSING -> packed(table, file);
            case PARQUET -> parquet(table, file, false);
            case PARQUET_OF_STRINGS -> parquet(table, file, true);
        }
    }

    private static void text(
            WrittenTable table,
            Path file,
            String delimiter,
            String end,
            Function<@Nullable Object, String> cells,
            String before)
            throws IOException {
        StringBuilder text = new StringBuilder(before);
        text.append(String.join(delimiter, table.names())).append(end);
        for (List<@Nullable Object> row : table.cells()) {
            text.append(row.stream().map(cells).collect(Collectors.joining(delimiter)))
                    .append(end);
        }
        Files.writeString(file, text);
    }

    /** A missing number is "NA" or "?", a missing text \N. */
    private static void packed(WrittenTable table, Path file) throws IOException {
        StringBuilder text = new StringBuilder(String.join(",", table.names())).append('\n');
        for (int row = 0; row < table.cells().size(); row++) {
            List<String> cells = new ArrayList<>();
            for (int column = 0; column < table.names().size(); column++) {
                Object cell = table.cells().get(row).get(column);
                String missing = table.isNumber(column) ? (row % 2 == 0 ? "NA" : "?") : "\\N";
                cells.add(cell == null ? missing : plain(cell, ",", "\"\""));
            }
            text.append(String.join(",", cells)).append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /** By Parquet's own writer: Spark's takes longer than all that is tested. */
    private static void parquet(WrittenTable table, Path file, boolean strings) throws IOException {
        MessageTypeBuilder message = Types.buildMessage();
        for (int column = 0; column < table.names().size(); column++) {
            String name = table.names().get(column);
            if (table.isNumber(column) && !strings) {
                message.optional(PrimitiveTypeName.DOUBLE).named(name);
            } else {
                message.optional(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            }
        }
        MessageType schema = message.named("table");
        SimpleGroupFactory rows = new SimpleGroupFactory(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .build()) {
            for (List<@Nullable Object> row : table.cells()) {
                Group group = rows.newGroup();
                for (int column = 0; column < row.size(); column++) {
                    Object cell = row.get(column);
                    if (cell instanceof Double number && !strings) {
                        group.add(column, number.doubleValue());
                    } else if (cell != null) {
                        group.add(column, shown(cell));
                    }
                }
                writer.write(group);
            }
        }
    }

    private static String plain(@Nullable Object cell, String delimiter, String quote) {
        String text = shown(cell);
        return text.contains(delimiter) || text.indexOf('"') >= 0 ? quoted(text, quote) : text;
    }

    private static String quoted(String text, String quote) {
        return '"' + text.replace("\"", quote) + '"';
    }

    private static String shown(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        return cell instanceof Double number ? String.format(Locale.ROOT, "%s", number) : cell.toString();
    }
}
