package org.sparkgrad.job.model;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.score.ModelColumn;
import org.sparkgrad.score.ModelFile;

/**
 * Writes a model in ONNX, in double precision. Each column is an input with the name of the column: numbers and flags
 * [N, 1], arrays and vectors [N, width], texts as strings [N, 1]. The outputs are "label" [N], strings, and
 * "probabilities" [N, K].
 *
 * <p>A missing number is NaN. The mean of the column replaces it, if the model has one; else the probabilities of the
 * row are NaN. A missing text is an empty text. Hashed texts need operations of onnxruntime.
 */
public final class OnnxModel {
    private static final String LABEL = "label";
    private static final String PROBABILITIES = "probabilities";
    private static final String ML = "ai.onnx.ml";
    private static final int ML_OPERATIONS = 2;

    private OnnxModel() {}

    /**
     * Returns the file's content.
     *
     * @throws JobException (USAGE) for a column whose name the ONNX model uses for something else
     */
    public static byte[] bytes(ModelFile model) {
        OnnxGraph graph = new OnnxGraph(Set.of(LABEL, PROBABILITIES));
        probabilities(graph, model, margins(graph, model));
        String likeliest = graph.apply(
                "ArgMax", List.of(PROBABILITIES), OnnxGraph.attribute("axis", 1), OnnxGraph.attribute("keepdims", 0));
        graph.apply("", "Gather", LABEL, List.of(graph.constant(model.labels()), likeliest));
        graph.output(LABEL, DataType.STRING, 0);
        graph.output(PROBABILITIES, DataType.DOUBLE, model.labels().size());
        Operations operations = model.columns().stream().anyMatch(ModelColumn.Hashed.class::isInstance)
                ? Operations.WITH_HASH
                : Operations.STANDARD;
        ModelProto.Builder proto = ModelProto.newBuilder()
                .setIrVersion(operations.irVersion)
                .setProducerName("sparkgrad")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operations.set))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(ML).setVersion(ML_OPERATIONS));
        if (operations == Operations.WITH_HASH) {
            proto.addOpsetImport(
                    OperatorSetIdProto.newBuilder().setDomain(OnnxHash.DOMAIN).setVersion(1));
        }
        return proto.setGraph(graph.build("sparkgrad")).build().toByteArray();
    }

    /** The oldest operation sets that contain all operations used, and the oldest format version that allows them. */
    private enum Operations {
        STANDARD(13, 7),
        WITH_HASH(20, 9);

        private final int set;
        private final int irVersion;

        Operations(int set, int irVersion) {
            this.set = set;
            this.irVersion = irVersion;
        }
    }

    private static String margins(OnnxGraph graph, ModelFile model) {
        List<String> parts = new ArrayList<>();
        List<double[]> weights = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        int first = 0;
        for (ModelColumn column : model.columns()) {
            double[] rows = weights(model, first, column.width());
            first += column.width();
            if (column instanceof ModelColumn.Hashed hashed) {
                sums.add(OnnxHash.margins(graph, hashed, rows));
            } else {
                parts.add(part(graph, column));
                weights.add(rows);
            }
        }
        int outputs = model.coefficients().size();
        double[] intercepts = model.coefficients().stream()
                .mapToDouble(ModelFile.Output::intercept)
                .toArray();
        String constant = graph.constant(intercepts, outputs);
        if (parts.isEmpty()) {
            sums.add(constant);
        } else {
            String features =
                    parts.size() == 1 ? parts.get(0) : graph.apply("Concat", parts, OnnxGraph.attribute("axis", 1));
            double[] all = weights.stream().flatMapToDouble(Arrays::stream).toArray();
            sums.add(graph.apply(
                    "Gemm", List.of(features, graph.constant(all, all.length / outputs, outputs), constant)));
        }
        return sums.size() == 1 ? sums.get(0) : graph.apply("Sum", sums);
    }

    /** Returns the coefficients of some features, features x K. */
    private static double[] weights(ModelFile model, int first, int features) {
        int outputs = model.coefficients().size();
        double[] weights = new double[features * outputs];
        for (int k = 0; k < outputs; k++) {
            double[] row = model.coefficients().get(k).coefficients().dense(model.features());
            for (int j = 0; j < features; j++) {
                weights[j * outputs + k] = row[first + j];
            }
        }
        return weights;
    }

    /** Returns the features [N, width] of a column. */
    private static String part(OnnxGraph graph, ModelColumn column) {
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
        throw new IllegalArgumentException("no part of the features: " + column);
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
