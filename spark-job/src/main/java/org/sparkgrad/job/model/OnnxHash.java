package org.sparkgrad.job.model;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Arrays;
import java.util.List;
import org.sparkgrad.score.ModelColumn;

/** Hashes texts in ONNX, by an operation that onnxruntime has in addition to the standard operations. */
final class OnnxHash {
    /** The domain of the hash operation. */
    static final String DOMAIN = "com.microsoft";

    private OnnxHash() {}

    /**
     * Adds an input of strings [N, 1] for each column, and returns the contribution of their texts to the margins, [N,
     * K].
     *
     * @param weights the coefficients of the shared features, width x K
     */
    static String margins(OnnxGraph graph, ModelColumn.Hashed hashed, double[] weights) {
        List<String> inputs = hashed.columns().stream()
                .map(name -> graph.input(name, DataType.STRING, 1))
                .toList();
        String texts = graph.apply("Concat", inputs, OnnxGraph.attribute("axis", 1));
        List<String> starts = hashed.names().stream().map(name -> name + "=").toList();
        String hash = graph.apply(
                DOMAIN,
                "MurmurHash3",
                "sparkgrad/hash",
                List.of(graph.apply("StringConcat", List.of(graph.constant(starts), texts))),
                OnnxGraph.attribute("seed", hashed.seed()),
                OnnxGraph.attribute("positive", 0));
        String feature = graph.apply("Mod", List.of(hash, graph.constant(hashed.width())));
        String missing = graph.apply("Equal", List.of(texts, graph.constant(List.of(""))));
        String row = graph.apply("Where", List.of(missing, graph.constant(hashed.width()), feature));
        int outputs = weights.length / hashed.width();
        // The additional row of zeros belongs to missing texts.
        double[] table = Arrays.copyOf(weights, weights.length + outputs);
        String rows = graph.apply("Gather", List.of(graph.constant(table, hashed.width() + 1, outputs), row));
        return graph.apply("ReduceSum", List.of(rows, graph.axes(1)), OnnxGraph.attribute("keepdims", 0));
    }
}
