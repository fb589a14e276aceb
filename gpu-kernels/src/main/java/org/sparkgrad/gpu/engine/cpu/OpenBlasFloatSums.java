package org.sparkgrad.gpu.engine.cpu;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.cpu.NativeMemory;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.loss.TileLoss;

/**
 * Dense sums in {@code float} by OpenBLAS. A tile is copied to a buffer outside the heap, since native
 * code cannot read the heap, and read twice from the cache. Buffers start at multiples of 64 bytes, so that their alignment
 * is always the same.
 *
 * <p>Shapes: X tile R x F; W coefficients K x F or, of narrow data, F x K; M margins, then multipliers, K x R; B the
 * intercepts in all columns, K x R; G gradient K x (F + 1).
 */
@SuppressWarnings("cast") // the same class in double has casts that it does not need
final class OpenBlasFloatSums extends TiledSums {
    private final int tileRows;
    private final int outputs;
    private final int features;
    private final boolean narrow;
    private final NativeMemory memory = new NativeMemory();
    private final FloatPointer x;
    private final FloatPointer w;
    private final FloatPointer m;
    private final FloatPointer b;
    private final FloatPointer g;
    private final FloatPointer interceptsOfG;
    private final FloatPointer ones;
    private final float[] ofTile;
    private final float[] ofCoefficients;
    private final float[] ofGradient;
    private boolean drained = true;

    OpenBlasFloatSums(TileLoss loss, int outputs, int features) {
        this(loss, outputs, features, TileShape.rows(features, outputs, Float.BYTES));
    }

    private OpenBlasFloatSums(TileLoss loss, int outputs, int features, int rows) {
        super(loss, outputs, rows);
        this.tileRows = rows;
        this.outputs = outputs;
        this.features = features;
        this.narrow = TileShape.narrow(features);
        this.ofTile = new float[rows * outputs];
        this.ofCoefficients = new float[outputs * features];
        this.ofGradient = new float[outputs * (features + 1)];
        this.x = memory.floats((long) rows * features);
        this.w = memory.floats(ofCoefficients.length);
        this.m = memory.floats(ofTile.length);
        this.b = memory.floats(ofTile.length);
        this.g = memory.floats(ofGradient.length);
        this.interceptsOfG = g.getPointer(features);
        this.ones = memory.floats(rows);
        float[] one = new float[rows];
        Arrays.fill(one, 1);
        ones.put(one, 0, rows);
    }

    @Override
    public void start(Coefficients coefficients) {
        OpenBlas.useOneThread();
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features; j++) {
                ofCoefficients[narrow ? j * outputs + k : k * features + j] = (float) coefficients.coefficient(k, j);
            }
            Arrays.fill(ofTile, k * tileRows, (k + 1) * tileRows, (float) coefficients.intercept(k));
        }
        w.put(ofCoefficients, 0, ofCoefficients.length);
        b.put(ofTile, 0, ofTile.length);
        drained = true;
    }

    /** M = B + W X'. */
    @Override
    void margins(DenseBlock block, int start, int rows, double[][] margins) {
        x.put(block.floats(), start * features, rows * features);
        FloatPointer.memcpy(m, b, (long) outputs * tileRows * Float.BYTES);
        if (outputs == 1) {
            cblas_sgemv(CblasRowMajor, CblasNoTrans, rows, features, 1, x, features, w, 1, 1, m, 1);
        } else {
            int transposed = narrow ? CblasTrans : CblasNoTrans;
            int stride = narrow ? outputs : features;
            cblas_sgemm(
                    CblasRowMajor,
                    transposed,
                    CblasTrans,
                    outputs,
                    rows,
                    features,
                    1,
                    w,
                    stride,
                    x,
                    features,
                    1,
                    m,
                    tileRows);
        }
        m.get(ofTile, 0, outputs * tileRows);
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                margins[k][r] = ofTile[k * tileRows + r];
            }
        }
    }

    /** G = G + M X, and M 1 for the intercepts. */
    @Override
    void addGradient(int rows, double[][] multipliers) {
        for (int k = 0; k < outputs; k++) {
            for (int r = 0; r < rows; r++) {
                ofTile[k * tileRows + r] = (float) multipliers[k][r];
            }
        }
        m.put(ofTile, 0, outputs * tileRows);
        int stride = features + 1;
        int keep = drained ? 0 : 1;
        drained = false;
        if (outputs == 1) {
            cblas_sgemv(CblasRowMajor, CblasTrans, rows, features, 1, x, features, m, 1, keep, g, 1);
        } else {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasNoTrans,
                    outputs,
                    features,
                    rows,
                    1,
                    m,
                    tileRows,
                    x,
                    features,
                    keep,
                    g,
                    stride);
        }
        cblas_sgemv(CblasRowMajor, CblasNoTrans, outputs, rows, 1, m, tileRows, ones, 1, keep, interceptsOfG, stride);
    }

    @Override
    void drain(double[] sums, int start) {
        g.get(ofGradient, 0, ofGradient.length);
        for (int i = 0; i < ofGradient.length; i++) {
            sums[start + i] += ofGradient[i];
        }
        drained = true;
    }

    @Override
    public String instructionSet() {
        return OpenBlas.description().orElseThrow();
    }

    @Override
    public void release() {
        memory.close();
    }
}
