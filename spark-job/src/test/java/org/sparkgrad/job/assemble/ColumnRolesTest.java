package org.sparkgrad.job.assemble;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.sparkgrad.job.read.Problems.assertDataProblem;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sparkgrad.job.config.DataSettings;
import org.sparkgrad.job.read.ColumnReferences;
import org.sparkgrad.job.read.Table;
import org.sparkgrad.job.read.TestSettings;

class ColumnRolesTest {
    private static final StructType PLAIN = new StructType()
            .add("a", "double")
            .add("b", "double")
            .add("0", "double")
            .add("z", "bigint")
            .add(Table.ROW_NUMBER, "bigint");

    @Test
    void theLastColumnIsTheLabelUnlessOneIsNamedSo() {
        ColumnRoles last = roles(PLAIN, null, List.of(), List.of(), null);
        assertEquals("z", last.label());
        assertEquals(List.of("a", "b", "0"), last.features());
        assertNull(last.weight());
        StructType named = new StructType().add("label", "bigint").add("x", "double");
        assertEquals("label", roles(named, null, List.of(), List.of(), null).label());
    }

    @Test
    void aColumnIsNamedByHeaderOrIndex() {
        ColumnRoles roles = roles(PLAIN, "1", List.of("-1", "0"), List.of(), "a");
        assertEquals("b", roles.label());
        assertEquals(List.of("z", "0"), roles.features());
        assertEquals("a", roles.weight());
        assertDataProblem(() -> roles(PLAIN, "4", List.of(), List.of(), null), "no column 4", "a, b, 0, z");
        assertDataProblem(() -> roles(PLAIN, "-5", List.of(), List.of(), null), "no column -5");
        assertDataProblem(() -> roles(PLAIN, "A", List.of(), List.of(), null), "no column A");
    }

    @Test
    void otherRolesAreNoFeatures() {
        assertEquals(
                List.of("b"), roles(PLAIN, "z", List.of(), List.of("a"), "0").features());
    }

    @Test
    void aColumnHasOneRole() {
        assertDataProblem(() -> roles(PLAIN, "a", List.of("b", "a"), List.of(), null), "a is both");
        assertDataProblem(() -> roles(PLAIN, "a", List.of("b"), List.of(), "b"), "b is both");
        assertDataProblem(() -> roles(PLAIN, "a", List.of("b"), List.of("b"), null), "b is both");
        assertDataProblem(() -> roles(PLAIN, "a", List.of(), List.of(), "a"), "a is both");
        assertDataProblem(() -> roles(PLAIN, "a", List.of("b", "1"), List.of(), null), "b is named twice");
        assertDataProblem(() -> roles(PLAIN, "a", List.of(), List.of("b", "0", "z"), null), "No column is left");
    }

    @Test
    void aVectorStandsAlone() {
        StructType vectors = new StructType()
                .add("id", "bigint")
                .add("features", SQLDataTypes.VectorType())
                .add("more", SQLDataTypes.VectorType())
                .add("y", "bigint");
        ColumnRoles roles = roles(vectors, null, List.of(), List.of(), null);
        assertEquals(List.of("features"), roles.features());
        assertTrue(roles.vector());
        assertTrue(roles(vectors, null, List.of("more"), List.of(), null).vector());
        assertFalse(roles(vectors, null, List.of("id"), List.of(), null).vector());
        assertDataProblem(() -> roles(vectors, null, List.of("id", "more"), List.of(), null), "more holds vectors");
    }

    private static ColumnRoles roles(
            StructType schema,
            @Nullable String label,
            List<String> features,
            List<String> ignored,
            @Nullable String weight) {
        DataSettings settings =
                TestSettings.columns(TestSettings.csv(true, Path.of("x")), label, features, ignored, weight);
        return ColumnRoles.of(schema, new ColumnReferences(schema.fieldNames()), settings);
    }
}
