package org.sparkgrad.job.placement;

import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.block.SparseBlock;
import org.sparkgrad.gpu.engine.EngineKind;
import org.sparkgrad.job.shard.DataSize;

/**
 * The memory of an engine for a shard, estimated from the size of the data. The estimate is never too low for data that
 * are distributed evenly.
 *
 * @param heap the bytes of heap: the blocks, copies in another order or for Aparapi's runtime, and the sums of a step.
 *     Direct calls of OpenCL move blocks to the device and keep the features of sparse runs
 */
record ShardBytes(long heap) {
    /** The entries of a run in a sparse column; each column has at least one run. */
    private static final long RUN = 256;

    /** The arrays for entries on a device: index, value, row, and the value again by columns. */
    private static final long ENTRY_ARRAYS = 4;

    /** The arrays for rows on a device, without features and multipliers. */
    private static final long ROW_ARRAYS = 4;

    /** The multiple to which a device pads outputs. */
    private static final long TILE = 4;

    static ShardBytes of(DataSize size, int shards, EngineChoice choice, int outputs) {
        long sums = (long) Double.BYTES * outputs * (size.features() + 1L);
        long blocks = size.blockBytes(choice.precision()) / shards + 1;
        long rows = size.rows() / shards + 1;
        long entries = size.entries() / shards + 1;
        long height = size.sparse() ? SparseBlock.rowsFor(size.features()) : DenseBlock.rowsFor(size.features());
        long count = (rows + height - 1) / height;
        long runs = entries / RUN + Math.min(entries, count * size.features());
        long device = choice.kind() != EngineKind.OPENCL
                ? 0
                : switch (choice.openClRuntime()) {
                    case DIRECT -> size.sparse() ? Integer.BYTES * runs : 0;
                    case APARAPI ->
                        Float.BYTES
                                * (size.sparse()
                                        ? ENTRY_ARRAYS * entries + (outputs + 2L) * (rows + runs) + ROW_ARRAYS * rows
                                        : rows * (size.features() + outputs + TILE + ROW_ARRAYS)
                                                + count * (outputs * (size.features() + 1L) + 1));
                };
        long columns = choice.kind() == EngineKind.CPU && size.sparse()
                ? entries * (Integer.BYTES + choice.precision().bytes()) + runs * 2 * Integer.BYTES
                : 0;
        return new ShardBytes(blocks + sums + columns + device);
    }
}
