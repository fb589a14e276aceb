package org.sparkgrad.gpu.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Block;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.GridModel;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.loss.Loss;

/** Checks of arguments that callers pass to an engine; each throws IllegalArgumentException. */
public final class ArgumentChecks {
    private ArgumentChecks() {}

    /** Checks that all shards have F features. */
    public static void checkShards(int features, List<Shard> shards) {
        for (Shard shard : shards) {
            if (shard.features() != features) {
                throw new IllegalArgumentException("shard %d has %d features, the engine %d"
                        .formatted(shard.number(), shard.features(), features));
            }
        }
    }

    /** Checks that all blocks hold numbers of one precision. */
    public static void checkPrecision(EngineKind kind, Precision precision, List<Shard> shards) {
        for (Shard shard : shards) {
            for (Block block : shard.blocks()) {
                if (block.precision() != precision) {
                    throw new IllegalArgumentException("shard %d has a block in %s precision, the %s engine takes %s"
                            .formatted(shard.number(), block.precision(), kind, precision));
                }
            }
        }
    }

    /** Checks that all shards are sparse, or none; empty shards count as either. Returns whether they are sparse. */
    public static boolean checkKind(List<Shard> shards) {
        List<Shard> filled = shards.stream().filter(shard -> shard.rows() > 0).toList();
        for (Shard shard : filled) {
            if (shard.sparse() != filled.get(0).sparse()) {
                throw new IllegalArgumentException("shards %d and %d: one is dense, the other sparse"
                        .formatted(filled.get(0).number(), shard.number()));
            }
        }
        return !filled.isEmpty() && filled.get(0).sparse();
    }

    /** Checks that the coefficients of second derivatives, if any, are 1 x (F + 1). */
    public static void checkCurvature(int features, @Nullable Coefficients at) {
        if (at != null && (at.outputs() != 1 || at.features() != features)) {
            throw new IllegalArgumentException("second derivatives of %d x (%d + 1) coefficients, not of 1 x (%d + 1)"
                    .formatted(at.outputs(), at.features(), features));
        }
    }

    /** Checks the arguments of a sum. */
    public static void checkSum(Loss loss, int features, int shards, Coefficients coefficients, List<RowRange> ranges) {
        checkCoefficients(loss, features, coefficients);
        if (ranges.size() != shards) {
            throw new IllegalArgumentException("%d row ranges for %d shards".formatted(ranges.size(), shards));
        }
    }

    /** Checks the arguments of a sum for several models. */
    public static void checkGrid(Loss loss, int features, int shards, List<GridModel> models, List<RowRange> ranges) {
        if (models.isEmpty()) {
            throw new IllegalArgumentException("no model to sum for");
        }
        models.forEach(model -> checkSum(loss, features, shards, model.coefficients(), ranges));
    }

    private static void checkCoefficients(Loss loss, int features, Coefficients coefficients) {
        if (coefficients.outputs() != loss.outputs() || coefficients.features() != features) {
            throw new IllegalArgumentException("coefficients are %d x (%d + 1), the engine takes %d x (%d + 1)"
                    .formatted(coefficients.outputs(), coefficients.features(), loss.outputs(), features));
        }
    }
}
