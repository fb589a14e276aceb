package org.sparkgrad.job.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.score.ModelColumn;
import org.sparkgrad.score.ModelFile;

/**
 * A model in ONNX, in double. Each column is an input of its name: numbers and flags [N, 1], arrays and vectors [N,
 * width], texts as strings [N, 1]. Outputs are "label" [N], strings, and "probabilities" [N, K].
 *
 * <p>A missing number is NaN: its column's mean stands in, or else the row's probabilities are NaN.
 */
public final class OnnxModel {
    private static final String LABEL = "label";
    private static final String PROBABILITIES = "probabilities";
    private static final String ML = "ai.onnx.ml";

    /** The oldest that have all operations used. */
    private static final int OPERATIONS = 13;

    private static final int ML_OPERATIONS = 2;
    private static final int IR_VERSION = 7;

    private OnnxModel() {}

    /**
     * Returns the file's content.
     *
     * @throws JobException (USAGE) for a model that ONNX cannot express
     */
    public static byte[] bytes(ModelFile model) {
        OnnxGraph graph = new OnnxGraph();
        List<String> parts = new ArrayList<>();
        model.columns().forEach(column -> parts.add(part(graph, column)));
        String features =
                parts.size() == 1 ? parts.get(0) : graph.apply("Concat", parts, OnnxGraph.attribute("axis", 1));
        probabilities(graph, model, margins(graph, model, features));
        String likeliest = graph.apply(
                "ArgMax", List.of(PROBABILITIES), OnnxGraph.attribute("axis", 1), OnnxGraph.attribute("keepdims", 0));
        graph.apply("", "Gather", LABEL, List.of(graph.constant(model.labels()), likeliest));
        graph.output(LABEL, DataType.STRING, 0);
        graph.output(PROBABILITIES, DataType.DOUBLE, model.labels().size());
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("sparkgrad")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATIONS))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPERATIONS))
                .setGraph(graph.build("sparkgrad"))
                .build()
                .toByteArray();
    }

    /** Returns the features [N, width] of a column. */
    private static String part(OnnxGraph graph, ModelColumn column) {
        column.featureNames().stream()
                .filter(name -> name.equals(LABEL) || name.equals(PROBABILITIES) || name.startsWith("sparkgrad/"))
                .findFirst()
                .ifPresent(name -> {
                    throw refusal("has a column " + name + ", which names something else in the ONNX model: rename it");
                });
        if (column instanceof ModelColumn.Numeric number) {
            String input = graph.input(number.name(), DataType.DOUBLE, 1);
            Double mean = number.mean();
            return mean == null
                    ? input
                    : graph.apply(
                            "Where",
                            List.of(
                                    graph.apply("IsNaN", List.of(input)),
                                    graph.constant(new double[] {mean}, 1),
                                    input));
        }
        if (column instanceof ModelColumn.Array array) {
            return graph.input(array.name(), DataType.DOUBLE, array.width());
        }
        if (column instanceof ModelColumn.Vector vector) {
            return graph.input(vector.name(), DataType.DOUBLE, vector.width());
        }
        if (column instanceof ModelColumn.Text text) {
            String input = graph.input(text.name(), DataType.STRING, 1);
            String oneHot = graph.apply(
                    ML,
                    "OneHotEncoder",
                    "sparkgrad/oneHot/" + text.name(),
                    List.of(input),
                    OnnxGraph.attribute("cats_strings", text.levels()),
                    OnnxGraph.attribute("zeros", 1));
            String flat = graph.apply("Flatten", List.of(oneHot), OnnxGraph.attribute("axis", 1));
            return graph.apply("Cast", List.of(flat), OnnxGraph.attribute("to", DataType.DOUBLE_VALUE));
        }
        throw refusal("hashes text columns, for which ONNX has no operation: train without --hash-features");
    }

    private static JobException refusal(String why) {
        return new JobException(ExitCode.USAGE, "The model " + why + ", or score with model.json.");
    }

    private static String margins(OnnxGraph graph, ModelFile model, String features) {
        int outputs = model.coefficients().size();
        double[] weights = new double[model.features() * outputs]; // F x K
        double[] intercepts = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            double[] row = model.coefficients().get(k).coefficients().dense(model.features());
            for (int j = 0; j < row.length; j++) {
                weights[j * outputs + k] = row[j];
            }
            intercepts[k] = model.coefficients().get(k).intercept();
        }
        return graph.apply(
                "Gemm",
                List.of(
                        features,
                        graph.constant(weights, model.features(), outputs),
                        graph.constant(intercepts, outputs)));
    }

    private static void probabilities(OnnxGraph graph, ModelFile model, String margins) {
        if (model.coefficients().size() > 1) {
            graph.apply("", "Softmax", PROBABILITIES, List.of(margins), OnnxGraph.attribute("axis", 1));
            return;
        }
        String positive = graph.apply("Sigmoid", List.of(margins));
        String negative = graph.apply("Sigmoid", List.of(graph.apply("Neg", List.of(margins))));
        graph.apply("", "Concat", PROBABILITIES, List.of(negative, positive), OnnxGraph.attribute("axis", 1));
    }
}
