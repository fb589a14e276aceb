package org.sparkgrad.job.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes summaries as JSON: fields in the order of the record, absent and non-finite values left out. */
public final class SummaryJson {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private SummaryJson() {}

    /** Returns the summary's text, with a line break at the end. */
    public static String text(TrainingSummary summary) {
        return write(summary);
    }

    /** Returns the text of a run without a model. */
    public static String text(FailureSummary summary) {
        return write(summary);
    }

    /** Returns the text of a run that was stopped. */
    public static String text(InterruptionSummary summary) {
        return write(summary);
    }

    /** Returns the text of an evaluation. */
    public static String text(EvaluationSummary summary) {
        return write(summary);
    }

    /** Returns the text of a devices command's answer. */
    static String text(DevicesAnswer answer) {
        return write(answer);
    }

    /** Returns the text of what a report draws. */
    public static String text(RunCurves curves) {
        return write(curves);
    }

    /** Returns the text of a comparison with the promoted run. */
    public static String text(Drift drift) {
        return write(drift);
    }

    /** Returns the same as a tree. */
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

    /** Takes absent fields away; in an array, where places count, they become null. */
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
