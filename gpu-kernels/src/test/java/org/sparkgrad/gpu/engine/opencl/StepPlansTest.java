package org.sparkgrad.gpu.engine.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.RowRange;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.engine.Samples;
import org.sparkgrad.gpu.loss.SoftmaxLoss;

/** Plans of recent steps are made once; needs no device. */
class StepPlansTest {
    private final List<Shard> shards = Samples.shards(3, 2, Precision.FLOAT, new Random(1), 10, 10);
    private final DeviceMemoryPlan memory = DeviceMemoryPlan.of(
            shards, new SoftmaxLoss(2), 3, Precision.FLOAT, new DeviceLimits(KernelShape.ITEM, 1 << 28, 1 << 20));
    private final StepPlans plans = new StepPlans(6);
    private final List<StepPlan.Request> made = new ArrayList<>();

    @Test
    void theOldestGoFirst() {
        StepPlan first = slot(0);
        slot(1);
        slot(2);
        assertSame(first, slot(0));
        slot(3);
        assertEquals(4, made.size());
        assertSame(first, slot(0));
        slot(1);
        assertEquals(5, made.size());
    }

    @Test
    void onePlanIsKeptWhateverItsSize() {
        StepPlans few = new StepPlans(1);
        StepPlan.Request request = request(0);
        StepPlan plan = few.get(request, () -> StepPlan.of(shards, memory, request, 4));
        assertSame(plan, few.get(request(0), () -> StepPlan.of(shards, memory, request, 4)));
    }

    private StepPlan slot(int row) {
        StepPlan.Request request = request(row);
        return plans.get(request, () -> {
            made.add(request);
            return StepPlan.of(shards, memory, request, 4);
        });
    }

    /** A step over one row of each of the two shards. */
    private static StepPlan.Request request(int row) {
        return new StepPlan.Request(List.of(new RowRange(row, row + 1), new RowRange(row, row + 1)), List.of(2), 1);
    }
}
