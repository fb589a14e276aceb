package org.sparkgrad.gpu.benchmark;

import com.aparapi.internal.exception.AparapiException;
import com.aparapi.internal.model.ClassModel;
import com.aparapi.internal.writer.KernelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sparkgrad.gpu.kernel.DoubleGroupBinaryTreeKernel;
import org.sparkgrad.gpu.kernel.DoubleGroupSoftmaxTreeKernel;
import org.sparkgrad.gpu.kernel.DoubleSparseKernel;
import org.sparkgrad.gpu.kernel.FloatGroupBinaryTreeKernel;
import org.sparkgrad.gpu.kernel.FloatGroupSoftmaxTreeKernel;
import org.sparkgrad.gpu.kernel.FloatSparseKernel;

/** Writes the OpenCL C of the kernels for GPUs to a folder, a file each, for compilers that need no card. */
public final class KernelSources {
    private KernelSources() {}

    /** Takes the folder. */
    public static void main(String[] arguments) throws AparapiException, IOException {
        for (Class<?> kernel : List.of(
                FloatGroupBinaryTreeKernel.class,
                FloatGroupSoftmaxTreeKernel.class,
                FloatSparseKernel.class,
                DoubleGroupBinaryTreeKernel.class,
                DoubleGroupSoftmaxTreeKernel.class,
                DoubleSparseKernel.class)) {
            String source = KernelWriter.writeToString(
                    ClassModel.createClassModel(kernel).getEntrypoint("run", null));
            Files.writeString(Path.of(arguments[0], kernel.getSimpleName() + ".cl"), source);
        }
    }
}
