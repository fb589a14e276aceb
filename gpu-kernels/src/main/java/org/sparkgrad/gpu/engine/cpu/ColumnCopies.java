package org.sparkgrad.gpu.engine.cpu;

import java.util.IdentityHashMap;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.SparseBlock;

/** Copies by columns of sparse blocks, each made when it is first asked for. */
final class ColumnCopies {
    private final IdentityHashMap<SparseBlock, ColumnRuns> copies = new IdentityHashMap<>();

    ColumnRuns of(SparseBlock block) {
        return copies.computeIfAbsent(block, ColumnRuns::new);
    }

    void clear() {
        copies.clear();
    }
}
