package org.sparkgrad.job.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.Footer;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.jspecify.annotations.Nullable;

/**
 * The content of a Parquet file's footer.
 *
 * @param file the file
 * @param rows the number of rows
 * @param schema the columns that Spark can read, as JSON
 * @param unreadable the other columns, as "NAME (TYPE)"
 * @param indexColumns the columns that are a pandas index
 */
record ParquetFooter(String file, long rows, String schema, List<String> unreadable, List<String> indexColumns)
        implements Serializable {
    private static final String PANDAS = "pandas";

    /** The name that pandas gives to an index without a name. */
    private static final String INDEX = "__index_level_\\d+__";

    /**
     * Reads the footer of a file.
     *
     * @throws IOException if the file cannot be read
     */
    static ParquetFooter read(String name, Configuration configuration) throws IOException {
        Path file = new Path(name);
        try (ParquetFileReader reader = ParquetFileReader.open(HadoopInputFile.fromPath(file, configuration))) {
            MessageType columns = reader.getFooter().getFileMetaData().getSchema();
            List<String> unreadable = new ArrayList<>();
            StructType schema = schema(new Footer(file, reader.getFooter()), columns, unreadable);
            List<String> index = indexColumns(
                    reader.getFooter().getFileMetaData().getKeyValueMetaData().get(PANDAS), columns);
            return new ParquetFooter(name, reader.getRecordCount(), schema.json(), unreadable, index);
        }
    }

    /** Returns the columns that Spark can read. */
    StructType columns() {
        return (StructType) DataType.fromJson(schema);
    }

    private static StructType schema(Footer footer, MessageType columns, List<String> unreadable) {
        SQLConf defaults = new SQLConf();
        defaults.setConfString(SQLConf.CASE_SENSITIVE().key(), "true");
        ParquetToSparkSchemaConverter converter = new ParquetToSparkSchemaConverter(defaults);
        List<Type> readable = new ArrayList<>();
        for (Type column : columns.getFields()) {
            try {
                converter.convert(new MessageType(columns.getName(), column));
                readable.add(column);
            } catch (Exception e) { // an AnalysisException, which is checked but not declared
                unreadable.add("%s (%s)"
                        .formatted(
                                column.getName(),
                                column.isPrimitive()
                                        ? column.asPrimitiveType().getPrimitiveTypeName() + " "
                                                + column.getLogicalTypeAnnotation()
                                        : "a group"));
            }
        }
        StructType own = converter.convert(new MessageType(columns.getName(), readable));
        return unreadable.isEmpty() ? withVectors(own, ParquetFileFormat.readSchemaFromFooter(footer, converter)) : own;
    }

    /**
     * Returns the columns with their vector types. Spark writes vector types only to the footer's metadata. Nothing
     * else is read from the metadata, because other programs copy it to files with other columns.
     */
    private static StructType withVectors(StructType own, StructType said) {
        Map<String, StructField> byName = new HashMap<>();
        for (StructField field : said.fields()) {
            byName.put(field.name(), field);
        }
        StructField[] fields = own.fields().clone();
        for (int i = 0; i < fields.length; i++) {
            StructField field = byName.get(fields[i].name());
            if (field != null
                    && field.dataType() instanceof UserDefinedType<?> type
                    && type.sqlType().asNullable().equals(fields[i].dataType().asNullable())) {
                fields[i] = field;
            }
        }
        return new StructType(fields);
    }

    private static List<String> indexColumns(@Nullable String pandas, MessageType columns) throws IOException {
        List<String> index = new ArrayList<>();
        if (pandas != null) {
            for (JsonNode column : new ObjectMapper().readTree(pandas).path("index_columns")) {
                if (column.isTextual()) {
                    index.add(column.asText());
                }
            }
        }
        for (Type column : columns.getFields()) {
            if (column.getName().matches(INDEX) && !index.contains(column.getName())) {
                index.add(column.getName());
            }
        }
        return index;
    }
}
