package org.sparkgrad.job.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.job.config.DataSettings.Dense;

class ShardCountTest {
    private static final DataSize MNIST = new DataSize(60_000, 784, 9_000_000, false);

    @Test
    void shardsFollowDataAndBatchSize() {
        assertEquals(16, ShardCount.of(MNIST, Precision.FLOAT, null));
        assertEquals(512, ShardCount.of(dense(2_000_000, 1000), Precision.FLOAT, null));
        assertEquals(1024, ShardCount.of(dense(2_000_000, 1000), Precision.DOUBLE, null));
        assertEquals(16, ShardCount.of(MNIST, Precision.FLOAT, 256L));
        assertEquals(4, ShardCount.of(MNIST, Precision.FLOAT, 127L));
        assertEquals(1, ShardCount.of(MNIST, Precision.FLOAT, 1L));
        assertEquals(4096, ShardCount.of(dense(1L << 40, 784), Precision.FLOAT, null));
    }

    @Test
    void sparseDataAreAsLargeAsTheirNonzeros() {
        DataSize wide = DataSize.of(Dense.AUTO, 1_000_000, 1_000_000, 40_000_000);
        assertEquals(32, ShardCount.of(wide, Precision.FLOAT, null));
        assertEquals(336_000_000, wide.blockBytes(Precision.FLOAT));
        DataSize held = DataSize.of(Dense.TRUE, 1_000_000, 1_000_000, 40_000_000);
        assertEquals(4096, ShardCount.of(held, Precision.FLOAT, null));
    }

    private static DataSize dense(long rows, int features) {
        return new DataSize(rows, features, rows * features, false);
    }
}
