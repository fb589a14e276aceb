package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.loss.Loss;

/**
 * What lies where, decided before anything is moved. Where all segments fit, all stay on the device. Else segments are
 * cut to a quarter of the memory: as many as fit stay, and the others take turns in one more set of arrays, moved again
 * in every step.
 *
 * @param segments all segments, in order
 * @param resident how many of them stay, from the first on
 * @param lots the most lots of a dense launch
 * @param models the most models of a launch: one where several would leave less room for instances than they need
 * @param bytes of all its arrays
 */
record MemoryPlan(List<Segment> segments, int resident, int lots, int models, long bytes) {
    private static final int SHARE = 4;

    /** Partial sums that a launch may need: 64 MiB of floats. */
    private static final long MAX_PARTIALS = 1 << 24;

    /** Models that a launch sums for together, as far as its lots go. */
    private static final int MODELS = 8;

    /** Of the memory, at most an eighth is for partial sums. */
    private static final int PARTIALS_SHARE = 8;

    /** Products of a launch: some tens of milliseconds, since the collector may wait for a launch. */
    private static final long ITEM_WORK = 1L << 31;

    private static final long GROUP_WORK = 1L << 35;

    /**
     * Plans.
     *
     * @throws DeviceException if not even a block fits
     */
    static MemoryPlan of(List<Shard> shards, Loss loss, int features, Precision precision, DeviceLimits limits) {
        Sizes sizes = new Sizes(shards.size(), loss.outputs(), features, precision, limits.shape());
        int lots = sizes.launchLots(limits);
        List<Segment> segments = Segment.cut(shards, loss.outputs(), limits.elements(), limits.bytes());
        for (int models : new int[] {Math.min(MODELS, lots), 1}) {
            long needed = segments.stream()
                    .mapToLong(segment -> sizes.bytes(segment, lots, models))
                    .sum();
            if (needed <= limits.spare()) {
                return new MemoryPlan(
                        segments, segments.size(), sizes.mostLots(segments, lots, models), models, needed);
            }
        }
        return inTurns(shards, sizes, limits, lots, Math.min(MODELS, lots));
    }

    private static MemoryPlan inTurns(List<Shard> shards, Sizes sizes, DeviceLimits limits, int lots, int models) {
        long share = limits.bytes() / SHARE - sizes.scratch(lots, models);
        List<Segment> segments = Segment.cut(shards, sizes.outputs(), limits.elements(), Math.max(1, share));
        int most = sizes.mostLots(segments, lots, models);
        long largest = segments.stream()
                .mapToLong(segment -> sizes.bytes(segment, most, models))
                .max()
                .orElse(0);
        if (largest > limits.bytes() && models > 1) {
            return inTurns(shards, sizes, limits, lots, 1);
        }
        if (largest > limits.bytes()) {
            throw new DeviceException(
                    "a segment of %d x %d features and its sums need %d bytes, %d are left: %d may be taken, %d other engines have:"
                                    .formatted(
                                            segments.get(0).rows(),
                                            sizes.features(),
                                            largest,
                                            limits.bytes(),
                                            limits.budget(),
                                            limits.taken())
                            + " raise --device-memory-fraction, run fewer tasks a device, or use --engine cpu");
        }
        long sets = Math.max(1, limits.spare() / Math.max(1, largest));
        int resident = sets >= segments.size() ? segments.size() : (int) sets - 1;
        int inArrays = resident == segments.size() ? resident : resident + 1;
        return new MemoryPlan(segments, resident, most, models, inArrays * largest);
    }

    /** Returns the bytes that are moved in a step over all rows. */
    long streamedBytes() {
        return segments.stream()
                .skip(resident)
                .mapToLong(segment -> segment.sizes().bytes())
                .sum();
    }

    /** Returns sizes that none of the segments that take turns exceeds. */
    BlockSizes largestInTurns() {
        return segments.stream().skip(resident).map(Segment::sizes).reduce(BlockSizes.NONE, BlockSizes::most);
    }

    /** What arrays take, for S shards, K outputs and F features. */
    private record Sizes(int shards, int outputs, int features, Precision precision, KernelShape shape) {
        private long sums() {
            return outputs * (features + 1L) + 1;
        }

        int launchLots(DeviceLimits limits) {
            long partials = Math.min(MAX_PARTIALS, limits.bytes() / PARTIALS_SHARE / precision.bytes());
            long lotWork = DenseKernel.lotRows(shape, outputs) * sums();
            long work = shape == KernelShape.ITEM ? ITEM_WORK : GROUP_WORK;
            return (int) Math.max(1, Math.min(partials / sums(), work / lotWork));
        }

        /** Returns the bytes of a segment and its sums. */
        long bytes(Segment segment, int lots, int models) {
            int own = segment.sparse() ? 0 : Math.min(lots, models * lots(segment));
            return segment.sizes().bytes() + scratch(own, models);
        }

        /** Returns the bytes of coefficients, carried, partial and final sums. */
        long scratch(int lots, int models) {
            return precision.bytes() * sums() * (3L * models + lots + 2 * Math.min((long) models * shards, lots));
        }

        int mostLots(List<Segment> segments, int limit, int models) {
            int most = segments.stream()
                    .filter(segment -> !segment.sparse())
                    .mapToInt(this::lots)
                    .max()
                    .orElse(1);
            return Math.min(limit, models * most);
        }

        private int lots(Segment segment) {
            int rows = DenseKernel.lotRows(shape, outputs);
            return segment.blocks().stream()
                    .mapToInt(placed -> (placed.values().rows() + rows - 1) / rows)
                    .sum();
        }
    }
}
