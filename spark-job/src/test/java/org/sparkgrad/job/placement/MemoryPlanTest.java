package org.sparkgrad.job.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.gpu.engine.OpenClRuntime;
import org.sparkgrad.job.shard.DataSize;

class MemoryPlanTest {
    private static final long MIB = 1L << 20;
    private static final DataSize GIBIBYTE = new DataSize(1 << 20, 253, 253L << 20, false);

    private static EngineChoice engine(EngineKind kind) {
        return new EngineChoice(kind, Precision.FLOAT, "test", List.of());
    }

    /** Executors of two workers each, which have one device together. */
    private static List<WorkerSite> places(int executors, long heap, @Nullable Long device) {
        return IntStream.range(0, 2 * executors)
                .mapToObj(w -> new WorkerSite(
                        "" + w / 2, "host" + w / 2, device == null ? null : 0, "processor", heap, device))
                .toList();
    }

    private static MemoryPlan plan(EngineKind kind, List<WorkerSite> places) {
        return MemoryPlan.of(GIBIBYTE, 64, engine(kind), 1, 0, places);
    }

    @Test
    void enoughHeapHoldsAllAndLittleHoldsSome() {
        assertEquals(1024 * MIB, GIBIBYTE.blockBytes(Precision.FLOAT));
        assertTrue(plan(EngineKind.CPU, places(1, 4096 * MIB, null)).allResident());
        MemoryPlan some = plan(EngineKind.CPU, places(2, 400 * MIB, null));
        assertFalse(some.allResident());
        assertEquals(8, some.resident());
        assertEquals(32, some.streamed());
        MemoryPlan none = plan(EngineKind.CPU, places(1, 10 * MIB, null));
        assertEquals(0, none.resident());
        assertEquals(64, none.streamed());
    }

    @Test
    void shardsTooLargeForTheHeapAreTold() {
        assertFalse(plan(EngineKind.CPU, places(1, 127 * MIB, null)).tight());
        assertTrue(plan(EngineKind.CPU, places(1, 40 * MIB, null)).tight());
    }

    /** 32 shards of a worker merge in at most seven triangles. */
    @Test
    void matricesTakeRoomToo() {
        List<WorkerSite> places = places(1, 4096 * MIB, null);
        MemoryPlan without = plan(EngineKind.CPU, places);
        MemoryPlan with = MemoryPlan.of(GIBIBYTE, 64, engine(EngineKind.CPU), 1, 2 * MIB, places);
        assertEquals(7 * 8 * MIB, without.room() - with.room());
    }

    /** 50 million coefficients in single precision: 200 MB down, 400 MB up and on the heap; three workers of eight shards send five sums. */
    @Test
    void messagesOfManyCoefficientsTakeRoom() {
        DataSize wide = new DataSize(1 << 20, 49_999_999, 1 << 26, true);
        List<WorkerSite> places = places(2, 65536 * MIB, null).subList(0, 3);
        StepBytes step =
                MemoryPlan.of(wide, 8, engine(EngineKind.CPU), 1, 0, places).step();
        assertEquals(200_000_000 + 400_000_000, step.heap());
        assertEquals(5 * 400_000_000L, step.driverHeap());
        assertEquals(200_000_000, step.besideDriverHeap());
        assertTrue(step.besideHeap() > 400_000_000 && step.besideHeap() < 410_000_000, "" + step.besideHeap());
        MemoryPlan plan = MemoryPlan.of(wide, 8, engine(EngineKind.CPU), 1, 0, places);
        assertTrue(plan.heap() - plan.room() > 600_000_000);
    }

    @Test
    void moreExecutorsHoldMore() {
        assertTrue(plan(EngineKind.CPU, places(8, 400 * MIB, null)).allResident());
    }

    @Test
    void onlyAparapisRuntimeCopiesBlocksOnTheHeap() {
        List<WorkerSite> places = places(2, 400 * MIB, 65536 * MIB);
        MemoryPlan cpu = plan(EngineKind.CPU, places(2, 400 * MIB, null));
        EngineChoice byAparapi =
                new EngineChoice(EngineKind.OPENCL, Precision.FLOAT, "test", List.of(), 0.85, OpenClRuntime.APARAPI);
        MemoryPlan copied = MemoryPlan.of(GIBIBYTE, 64, byAparapi, 1, 0, places);
        assertTrue(copied.resident() > 0 && 2 * copied.resident() <= cpu.resident(), "" + copied.resident());
        assertEquals(cpu.resident(), plan(EngineKind.OPENCL, places).resident());
    }

    @Test
    void aSmallDeviceIsTheEnginesBusiness() {
        assertTrue(plan(EngineKind.OPENCL, places(1, 65536 * MIB, 256 * MIB)).allResident());
    }

    @Test
    void runsMissNoShard() {
        ShardAssignment division = new ShardAssignment(64, 3, 10);
        assertEquals(
                List.of(0, 21, 42, 64),
                IntStream.rangeClosed(0, 3).mapToObj(division::start).toList());
        assertEquals(11 + 11 + 12, division.streamed());
    }
}
