package org.sparkgrad.gpu.engine.cpu;

import java.util.IdentityHashMap;
import org.sparkgrad.gpu.block.ColumnRuns;
import org.sparkgrad.gpu.block.SparseBlock;

/** Copies of sparse blocks by columns; a copy is made when it is first needed. */
final class ColumnRunsCache {
    private final IdentityHashMap<SparseBlock, ColumnRuns> copies = new IdentityHashMap<>();

    ColumnRuns of(SparseBlock block) {
        return copies.computeIfAbsent(block, ColumnRuns::new);
    }

    void clear() {
        copies.clear();
    }
}
