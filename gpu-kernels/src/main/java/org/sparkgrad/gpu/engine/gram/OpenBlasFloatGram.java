package org.sparkgrad.gpu.engine.gram;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasUpper;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_ssyrk;

import org.bytedeco.javacpp.FloatPointer;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.cpu.NativeMemory;
import org.sparkgrad.gpu.cpu.OpenBlas;

/** Tiles in {@code float}, multiplied by OpenBLAS. T, R x (F + 1), and C, (F + 1) x (F + 1), are outside the heap. */
@SuppressWarnings("cast") // the same class in double has casts that it does not need
final class OpenBlasFloatGram extends TiledGram {
    private final NativeMemory memory = new NativeMemory();
    private final FloatPointer t;
    private final FloatPointer c;
    private final float[] tile;
    private final float[] rowOfC;
    private boolean empty = true;

    OpenBlasFloatGram(int features) {
        super(features);
        OpenBlas.useOneThread();
        this.tile = new float[tileRows() * width];
        this.rowOfC = new float[width];
        this.t = memory.floats(tile.length);
        this.c = memory.floats((long) width * width);
    }

    @Override
    void stage(DenseBlock block, int row, double root, int at) {
        float[] x = block.floats();
        float factor = (float) root;
        int from = row * (width - 1);
        int to = at * width;
        for (int j = 0; j < width - 1; j++) {
            tile[to + j] = factor * x[from + j];
        }
        tile[to + width - 1] = factor;
    }

    @Override
    void multiply(int rows) {
        t.put(tile, 0, rows * width);
        cblas_ssyrk(CblasRowMajor, CblasUpper, CblasTrans, width, rows, 1, t, width, empty ? 0 : 1, c, width);
        empty = false;
    }

    @Override
    void drain(double[] sums) {
        int at = 0;
        for (int i = 0; i < width; i++) {
            c.position((long) i * width + i).get(rowOfC, 0, width - i);
            for (int j = 0; j < width - i; j++) {
                sums[at++] += rowOfC[j];
            }
        }
        c.position(0);
        empty = true;
    }

    @Override
    public void close() {
        memory.close();
    }
}
