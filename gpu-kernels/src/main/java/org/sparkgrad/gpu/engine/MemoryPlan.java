package org.sparkgrad.gpu.engine;

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
 */
record MemoryPlan(List<Segment> segments, int resident, int lots) {
    private static final int SHARE = 4;

    /** Partial sums that a launch may need: 64 MiB of floats. */
    private static final long MAX_PARTIALS = 1 << 24;

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
        int lots = launchLots(loss.outputs(), features, precision, limits);
        List<Segment> segments = Segment.cut(shards, loss.outputs(), limits.elements(), limits.bytes());
        long needed = 0;
        for (Segment segment : segments) {
            needed += bytes(segment, lots, shards.size(), loss.outputs(), features, precision, limits.shape());
        }
        if (needed > limits.bytes()) {
            return inTurns(shards, loss.outputs(), features, precision, limits, lots);
        }
        return new MemoryPlan(segments, segments.size(), mostLots(segments, limits.shape(), loss.outputs(), lots));
    }

    private static MemoryPlan inTurns(
            List<Shard> shards, int outputs, int features, Precision precision, DeviceLimits limits, int lots) {
        long share = limits.bytes() / SHARE;
        long scratch = scratch(lots, shards.size(), outputs, features, precision);
        List<Segment> segments = Segment.cut(shards, outputs, limits.elements(), Math.max(1, share - scratch));
        int most = mostLots(segments, limits.shape(), outputs, lots);
        long largest = 0;
        for (Segment segment : segments) {
            long bytes = bytes(segment, most, shards.size(), outputs, features, precision, limits.shape());
            largest = Math.max(largest, bytes);
        }
        long sets = limits.bytes() / Math.max(1, largest);
        if (sets == 0) {
            throw new DeviceException("a segment of %d x %d features and its sums need %d bytes, %d may be taken:"
                            .formatted(segments.get(0).rows(), features, largest, limits.bytes())
                    + " raise --device-memory-fraction, or use --engine cpu");
        }
        int resident = sets >= segments.size() ? segments.size() : (int) sets - 1;
        return new MemoryPlan(segments, resident, most);
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

    private static long bytes(
            Segment segment, int lots, int shards, int outputs, int features, Precision precision, KernelShape shape) {
        int own = segment.sparse() ? 0 : Math.min(lots, lots(segment, shape, outputs));
        return segment.sizes().bytes() + scratch(own, shards, outputs, features, precision);
    }

    /** Returns the bytes of coefficients, carried, partial and final sums. */
    private static long scratch(int lots, int shards, int outputs, int features, Precision precision) {
        long sums = outputs * (features + 1L) + 1;
        return precision.bytes() * sums * (3 + lots + 2L * Math.min(shards, lots));
    }

    private static int launchLots(int outputs, int features, Precision precision, DeviceLimits limits) {
        long sums = outputs * (features + 1L) + 1;
        long partials = Math.min(MAX_PARTIALS, limits.bytes() / PARTIALS_SHARE / precision.bytes());
        long lotWork = DenseKernel.lotRows(limits.shape(), outputs) * sums;
        long work = limits.shape() == KernelShape.ITEM ? ITEM_WORK : GROUP_WORK;
        return (int) Math.max(1, Math.min(partials / sums, work / lotWork));
    }

    private static int mostLots(List<Segment> segments, KernelShape shape, int outputs, int limit) {
        int most = segments.stream()
                .filter(segment -> !segment.sparse())
                .mapToInt(segment -> lots(segment, shape, outputs))
                .max()
                .orElse(1);
        return Math.min(limit, most);
    }

    private static int lots(Segment segment, KernelShape shape, int outputs) {
        int rows = DenseKernel.lotRows(shape, outputs);
        return segment.blocks().stream()
                .mapToInt(placed -> (placed.values().rows() + rows - 1) / rows)
                .sum();
    }
}
