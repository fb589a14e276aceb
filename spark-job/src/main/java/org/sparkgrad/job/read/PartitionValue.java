package org.sparkgrad.job.read;

import java.util.Optional;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.jspecify.annotations.Nullable;

/**
 * The value of a column in the name of a folder, as Hive and Spark write it: country=DE.
 *
 * @param name the column
 * @param value the text, or null
 */
record PartitionValue(String name, @Nullable String value) {
    private static final String NULL = "__HIVE_DEFAULT_PARTITION__";

    /** Returns the column value in the name of a folder, or empty if there is none. */
    static Optional<PartitionValue> of(String folder) {
        int equals = folder.indexOf('=');
        if (equals <= 0) {
            return Optional.empty();
        }
        String name = ExternalCatalogUtils.unescapePathName(folder.substring(0, equals));
        String value = folder.substring(equals + 1);
        return Optional.of(
                new PartitionValue(name, value.equals(NULL) ? null : ExternalCatalogUtils.unescapePathName(value)));
    }
}
