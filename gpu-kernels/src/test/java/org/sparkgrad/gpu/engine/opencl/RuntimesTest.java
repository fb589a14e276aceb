package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GradientSum;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.GridSum;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.RequiresOpenCl;
import org.sparkgrad.gpu.engine.Agreement;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.EngineSpec;
import org.sparkgrad.gpu.engine.OpenClRuntime;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.engine.SparseSamples;
import org.sparkgrad.gpu.loss.Loss;

/** Direct calls of OpenCL and Aparapi's runtime give the same bits, for every kernel. */
@RequiresOpenCl
class RuntimesTest {
    private static final int FEATURES = 70;
    private static final int FOLDS = 3;
    private static final long ROOMY = 1L << 30;

    private final Random random = new Random(21);

    static Stream<Arguments> kernels() {
        return Stream.of(KernelShape.values())
                .flatMap(shape -> Stream.of(Precision.values())
                        .flatMap(precision ->
                                Stream.of(1, 3, 10).map(outputs -> Arguments.of(shape, precision, outputs))));
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void dense(KernelShape shape, Precision precision, int outputs) {
        List<Shard> shards = folded(Samples.shards(FEATURES, outputs, precision, random, 9000, 0, 17, 4100, 1, 7000));
        for (Loss loss : Samples.losses(outputs)) {
            for (long bytes : new long[] {ROOMY, 8_000_000}) {
                check(shape, 1 << 28, bytes, precision, loss, shards);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void sparse(KernelShape shape, Precision precision, int outputs) {
        List<Shard> valued =
                folded(SparseSamples.shards(FEATURES, outputs, precision, random, 9000, 0, 17, 4100, 1, 7000));
        for (Loss loss : Samples.losses(outputs)) {
            for (long elements : new long[] {1 << 28, 20_000}) {
                check(shape, elements, ROOMY, precision, loss, valued);
            }
        }
    }

    /** @param bytes that each engine may take */
    private void check(
            KernelShape shape, long elements, long bytes, Precision precision, Loss loss, List<Shard> shards) {
        DeviceLimits limits = new DeviceLimits(shape, elements, bytes);
        try (OpenClEngine direct = open(OpenClRuntime.DIRECT, limits, precision, loss, shards)) {
            DeviceLimits more =
                    new DeviceLimits(shape, elements, bytes + direct.memory().bytes());
            try (OpenClEngine aparapi = open(OpenClRuntime.APARAPI, more, precision, loss, shards)) {
                same(direct, aparapi, loss, shards);
            }
            assertTrue(direct.report().launches() > 0);
            assertTrue(
                    direct.arrayBytes() <= direct.memory().bytes(),
                    () -> "%d bytes of %d planned"
                            .formatted(direct.arrayBytes(), direct.memory().bytes()));
        }
    }

    private void same(OpenClEngine direct, OpenClEngine aparapi, Loss loss, List<Shard> shards) {
        for (int step = 0; step < 3; step++) {
            Coefficients coefficients = Samples.coefficients(loss.outputs(), FEATURES, random);
            for (List<RowRange> ranges : List.of(Samples.all(shards), Samples.middle(shards))) {
                List<GradientSum> expected = aparapi.sum(coefficients, ranges);
                Agreement.sameBits(expected, direct.sum(coefficients, ranges));
            }
        }
        List<GridModel> models = IntStream.range(0, 11)
                .mapToObj(
                        m -> new GridModel(Samples.coefficients(loss.outputs(), FEATURES, random), m % (FOLDS + 1) - 1))
                .toList();
        List<GridSum> expected = aparapi.sum(models, Samples.middle(shards));
        List<GridSum> actual = direct.sum(models, Samples.middle(shards));
        for (int m = 0; m < models.size(); m++) {
            int model = m;
            Agreement.sameBits(
                    expected.stream().map(sums -> sums.model(model)).toList(),
                    actual.stream().map(sums -> sums.model(model)).toList());
        }
    }

    private List<Shard> folded(List<Shard> shards) {
        return shards.stream()
                .map(shard -> {
                    byte[] folds = new byte[shard.rows()];
                    for (int row = 0; row < folds.length; row++) {
                        folds[row] = (byte) random.nextInt(FOLDS);
                    }
                    return new Shard(shard.number(), shard.features(), shard.blocks(), folds);
                })
                .toList();
    }

    private static OpenClEngine open(
            OpenClRuntime runtime, DeviceLimits limits, Precision precision, Loss loss, List<Shard> shards) {
        EngineSpec spec = new EngineSpec(EngineKind.OPENCL, precision, 0, 0.5, runtime);
        return new OpenClEngine(spec, loss, FEATURES, shards, limits);
    }
}
