package org.sparkgrad.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes summaries as JSON, with fields in the order of the record, and without absent and non-finite values. */
public final class SummaryJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SummaryJson() {}

    /** Returns the summary's text, with a line break at the end. */
    public static String text(TrainingSummary summary) {
        return write(summary);
    }

    /** Returns the JSON of a run without a model. */
    public static String text(FailureSummary summary) {
        return write(summary);
    }

    /** Returns the JSON of a run that was stopped. */
    public static String text(InterruptionSummary summary) {
        return write(summary);
    }

    /** Returns the JSON of an evaluation. */
    public static String text(EvaluationSummary summary) {
        return write(summary);
    }

    /** Returns the JSON of a devices command's answer. */
    static String text(DevicesAnswer answer) {
        return write(answer);
    }

    /** Returns the JSON of the report's curves. */
    public static String text(RunCurves curves) {
        return write(curves);
    }

    /** Returns the JSON of a comparison with the promoted run. */
    public static String text(Drift drift) {
        return write(drift);
    }

    /** Returns a summary as a JSON tree. */
    static JsonNode tree(Object summary) {
        JsonNode tree = MAPPER.valueToTree(summary);
        removeAbsent(tree);
        return tree;
    }

    private static String write(Object summary) {
        try {
            return MAPPER.writeValueAsString(tree(summary)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values is always JSON", e);
        }
    }

    /** Removes absent fields. In an array, where positions matter, they become null. */
    private static void removeAbsent(JsonNode node) {
        if (node instanceof ObjectNode fields) {
            fields.forEach(SummaryJson::removeAbsent);
            fields.properties().removeIf(field -> isAbsent(field.getValue()));
        } else if (node instanceof ArrayNode elements) {
            for (int i = 0; i < elements.size(); i++) {
                removeAbsent(elements.get(i));
                if (isAbsent(elements.get(i))) {
                    elements.set(i, NullNode.getInstance());
                }
            }
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isNull() || (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue()));
    }
}
