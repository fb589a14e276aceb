package org.sparkgrad.job.model;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Set;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Builds an ONNX graph. Internal names never equal the name of a column. */
final class OnnxGraph {
    private static final String ROWS = "N";

    private static final String MADE = "sparkgrad/";

    private final GraphProto.Builder graph = GraphProto.newBuilder();
    private final Set<String> outputs;
    private int made;

    /** @param outputs the names of the graph's outputs */
    OnnxGraph(Set<String> outputs) {
        this.outputs = outputs;
    }

    GraphProto build(String name) {
        return graph.setName(name).build();
    }

    /**
     * Adds an input [N, width] and returns its name.
     *
     * @throws JobException (USAGE) if the name is already used
     */
    String input(String name, TensorProto.DataType type, int width) {
        if (outputs.contains(name) || name.startsWith(MADE)) {
            throw new JobException(
                    ExitCode.USAGE,
                    "The model has a column " + name
                            + ", which names something else in the ONNX model: rename it, or score with model.json.");
        }
        graph.addInput(tensor(name, type, ROWS, width));
        return name;
    }

    /** Adds an output [N], or [N, width] for a width above 0. */
    void output(String name, TensorProto.DataType type, int width) {
        graph.addOutput(tensor(name, type, ROWS, width));
    }

    /** Adds a constant in double and returns its name. */
    String constant(double[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return constant(
                TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.DOUBLE.getNumber())
                        .setRawData(ByteString.copyFrom(bytes)),
                shape);
    }

    /** Adds a constant vector of whole numbers and returns its name. */
    String constant(int... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(TensorProto.DataType.INT32.getNumber());
        for (int value : values) {
            tensor.addInt32Data(value);
        }
        return constant(tensor, values.length);
    }

    /** Adds a constant vector of axes, which are long, and returns its name. */
    String axes(long axis) {
        return constant(
                TensorProto.newBuilder()
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addInt64Data(axis),
                1);
    }

    /** Adds a constant vector of texts and returns its name. */
    String constant(List<String> texts) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(TensorProto.DataType.STRING.getNumber());
        texts.forEach(text -> tensor.addStringData(ByteString.copyFromUtf8(text)));
        return constant(tensor, texts.size());
    }

    private String constant(TensorProto.Builder tensor, long... shape) {
        String name = fresh("constant");
        for (long size : shape) {
            tensor.addDims(size);
        }
        graph.addInitializer(tensor.setName(name));
        return name;
    }

    /** Adds an operation of the standard set and returns its output. */
    String apply(String operation, List<String> inputs, AttributeProto... attributes) {
        return apply("", operation, fresh(operation), inputs, attributes);
    }

    /** Adds an operation of a domain whose output has the given name, and returns the name. */
    String apply(String domain, String operation, String output, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setDomain(domain)
                .setOpType(operation)
                .setName(MADE + made++)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
        return output;
    }

    static AttributeProto attribute(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    static AttributeProto attribute(String name, List<String> texts) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.STRINGS);
        texts.forEach(text -> attribute.addStrings(ByteString.copyFromUtf8(text)));
        return attribute.build();
    }

    private String fresh(String operation) {
        return MADE + operation + "/" + made++;
    }

    private static ValueInfoProto tensor(String name, TensorProto.DataType type, String rows, int width) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(rows));
        if (width > 0) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(width));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
