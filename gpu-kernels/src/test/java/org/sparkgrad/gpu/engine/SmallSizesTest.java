package org.sparkgrad.gpu.engine;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sparkgrad.gpu.GradientEngines;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Every kernel of the family that the product takes for OpenCL device 0, at sizes that a simulator of a device computes in
 * seconds: scripts/gpu-evidence.sh runs this class under Oclgrind.
 */
@RequiresOpenCl
class SmallSizesTest {
    private static final int[] ROWS = {0, 1, 33, 70};

    @ParameterizedTest
    @CsvSource({"FLOAT, 1, 2e-6", "FLOAT, 3, 2e-6", "DOUBLE, 1, 1e-12", "DOUBLE, 3, 1e-12"})
    void dense(Precision precision, int outputs, double tolerance) {
        for (int features : new int[] {1, 33, 70}) {
            Random random = new Random(features);
            check(outputs, features, tolerance, Samples.shards(features, outputs, precision, random, ROWS));
        }
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1, 2e-6", "FLOAT, 3, 2e-6", "DOUBLE, 1, 1e-12", "DOUBLE, 3, 1e-12"})
    void sparse(Precision precision, int outputs, double tolerance) {
        for (int features : new int[] {1, 33, 70}) {
            Random random = new Random(features);
            check(outputs, features, tolerance, SparseSamples.shards(features, outputs, precision, random, ROWS));
        }
    }

    private static void check(int outputs, int features, double tolerance, List<Shard> shards) {
        Precision precision = shards.get(shards.size() - 1).blocks().get(0).precision();
        Coefficients coefficients = Samples.coefficients(outputs, features, new Random(outputs));
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, precision, 0);
        for (Loss loss : Samples.losses(outputs)) {
            try (GradientEngine engine = GradientEngines.open(spec, loss, features, shards)) {
                Agreement.check(engine, loss, coefficients, Samples.all(shards), tolerance);
                Agreement.check(engine, loss, coefficients, Samples.middle(shards), tolerance);
            }
        }
    }
}
