package org.sparkgrad.gpu.engine.opencl;

import java.util.List;
import org.sparkgrad.gpu.block.Precision;
import org.sparkgrad.gpu.block.Shard;
import org.sparkgrad.gpu.device.DeviceException;
import org.sparkgrad.gpu.loss.Loss;

/**
 * Which segments stay on the device and which are streamed, decided before any data are moved. If all segments fit, all
 * stay. Otherwise segments are cut to a quarter of the memory; as many as fit stay, and the others share one more set of
 * arrays, into which each is moved in every step.
 *
 * @param segments all segments, in order
 * @param resident the number of segments that stay, from the first on
 * @param lots the largest number of lots of a dense launch
 * @param models the largest number of models of a launch: one if several would leave too little memory for instances
 * @param merges whether there is room for merging shards on the device, which needs all of them in one segment there
 * @param bytes the bytes of all arrays on the device
 */
record DeviceMemoryPlan(List<Segment> segments, int resident, int lots, int models, boolean merges, long bytes) {
    private static final int SHARE = 4;

    /** The largest number of partial sums of a launch: 64 MiB of floats. */
    private static final long MAX_PARTIALS = 1 << 24;

    /** The largest number of models of a launch; a launch has at least one lot for each. */
    private static final int MODELS = 8;

    /** Partial sums use at most an eighth of the memory. */
    private static final int PARTIALS_SHARE = 8;

    /** Bytes that cover what an array has beyond its rows: a bound, a stamp, the one element of an empty array. */
    private static final long SMALLEST = 256;

    /** Products of a launch: it lasts some tens of milliseconds, since the garbage collector may wait for it. */
    private static final long ITEM_WORK = 1L << 31;

    private static final long GROUP_WORK = 1L << 35;

    /**
     * Makes the plan for an engine.
     *
     * @throws DeviceException if the largest segment does not fit
     */
    static DeviceMemoryPlan of(List<Shard> shards, Loss loss, int features, Precision precision, DeviceLimits limits) {
        List<Segment> segments = Segment.cut(shards, loss.outputs(), limits.elements(), limits.bytes());
        Sizes merging = new Sizes(shards.size(), loss.outputs(), features, precision, limits.shape(), true);
        Sizes without = new Sizes(shards.size(), loss.outputs(), features, precision, limits.shape(), false);
        int lots = without.launchLots(limits);
        boolean mayMerge = limits.merges() && segments.size() == 1;
        for (int models : new int[] {Math.min(MODELS, lots), 1}) {
            for (Sizes sizes : mayMerge ? List.of(merging, without) : List.of(without)) {
                long needed = segments.stream()
                        .mapToLong(segment -> sizes.bytes(segment, lots, models))
                        .sum();
                if (needed <= limits.spare()) {
                    int most = sizes.mostLots(segments, lots, models);
                    return new DeviceMemoryPlan(segments, segments.size(), most, models, sizes.merges(), needed);
                }
            }
        }
        return streamed(shards, without, limits, lots, Math.min(MODELS, lots));
    }

    private static DeviceMemoryPlan streamed(
            List<Shard> shards, Sizes sizes, DeviceLimits limits, int lots, int models) {
        long share = limits.bytes() / SHARE - SMALLEST - sizes.scratch(lots, models);
        List<Segment> segments = Segment.cut(shards, sizes.outputs(), limits.elements(), Math.max(1, share));
        int most = sizes.mostLots(segments, lots, models);
        long largest = segments.stream()
                .mapToLong(segment -> sizes.bytes(segment, most, models))
                .max()
                .orElse(0);
        if (largest > limits.bytes() && models > 1) {
            return streamed(shards, sizes, limits, lots, 1);
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
                                            limits.reserved())
                            + " raise --device-memory-fraction, run fewer tasks a device, or use --engine cpu");
        }
        long sets = Math.max(1, limits.spare() / Math.max(1, largest));
        int resident = sets >= segments.size() ? segments.size() : (int) sets - 1;
        int inArrays = resident == segments.size() ? resident : resident + 1;
        return new DeviceMemoryPlan(segments, resident, most, models, false, inArrays * largest);
    }

    /** Returns the bytes that are moved in a step over all rows. */
    long streamedBytes() {
        return segments.stream()
                .skip(resident)
                .mapToLong(segment -> segment.sizes().bytes())
                .sum();
    }

    /** Returns, for each size, the largest of the streamed segments. */
    BlockSizes largestStreamed() {
        return segments.stream().skip(resident).map(Segment::sizes).reduce(BlockSizes.NONE, BlockSizes::most);
    }

    /** Computes the sizes of arrays, for S shards, K outputs and F features. */
    private record Sizes(
            int shards, int outputs, int features, Precision precision, KernelShape shape, boolean merges) {
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
            return segment.sizes().bytes() + SMALLEST + scratch(own, models);
        }

        /** Returns the bytes of coefficients, carried, partial, final and merged sums, and of the tables of lots and parts. */
        long scratch(int lots, int models) {
            long parts = Math.min((long) models * shards, lots);
            long merged = merges ? Double.BYTES * sums() * parts : 0;
            long tables = Integer.BYTES
                    * ((long) DenseLaunch.LOT * lots + (long) (DenseLaunch.PART + DenseLaunch.TREE) * parts);
            return precision.bytes() * sums() * (3L * models + lots + 2 * parts) + merged + tables;
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
