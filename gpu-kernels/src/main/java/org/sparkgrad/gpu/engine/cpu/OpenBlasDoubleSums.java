package org.sparkgrad.gpu.engine.cpu;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemv;

import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.sparkgrad.gpu.block.Coefficients;
import org.sparkgrad.gpu.block.DenseBlock;
import org.sparkgrad.gpu.cpu.NativeMemory;
import org.sparkgrad.gpu.cpu.OpenBlas;
import org.sparkgrad.gpu.loss.TileLoss;

/** Sums in double precision, as {@link OpenBlasFloatSums} does in single; shapes and letters are the same. */
final class OpenBlasDoubleSums extends TiledSums {
    private final int tileRows;
    private final int outputs;
    private final int features;
    private final boolean narrow;
    private final NativeMemory memory = new NativeMemory();
    private final DoublePointer x;
    private final DoublePointer w;
    private final DoublePointer m;
    private final DoublePointer b;
    private final DoublePointer g;
    private final DoublePointer interceptsOfG;
    private final DoublePointer ones;
    private final double[] ofTile;
    private final double[] ofCoefficients;
    private final double[] ofGradient;
    private boolean drained = true;

    OpenBlasDoubleSums(TileLoss loss, int outputs, int features) {
        this(loss, outputs, features, TileShape.rows(features, outputs, Double.BYTES));
    }

    private OpenBlasDoubleSums(TileLoss loss, int outputs, int features, int rows) {
        super(loss, outputs, rows);
        this.tileRows = rows;
        this.outputs = outputs;
        this.features = features;
        this.narrow = TileShape.narrow(features);
        this.ofTile = new double[rows * outputs];
        this.ofCoefficients = new double[outputs * features];
        this.ofGradient = new double[outputs * (features + 1)];
        this.x = memory.doubles((long) rows * features);
        this.w = memory.doubles(ofCoefficients.length);
        this.m = memory.doubles(ofTile.length);
        this.b = memory.doubles(ofTile.length);
        this.g = memory.doubles(ofGradient.length);
        this.interceptsOfG = g.getPointer(features);
        this.ones = memory.doubles(rows);
        double[] one = new double[rows];
        Arrays.fill(one, 1);
        ones.put(one, 0, rows);
    }

    @Override
    public void start(Coefficients coefficients) {
        OpenBlas.useOneThread();
        for (int k = 0; k < outputs; k++) {
            for (int j = 0; j < features; j++) {
                ofCoefficients[narrow ? j * outputs + k : k * features + j] = coefficients.coefficient(k, j);
            }
            Arrays.fill(ofTile, k * tileRows, (k + 1) * tileRows, coefficients.intercept(k));
        }
        w.put(ofCoefficients, 0, ofCoefficients.length);
        b.put(ofTile, 0, ofTile.length);
        drained = true;
    }

    /** M = B + W X'. */
    @Override
    void margins(DenseBlock block, int start, int rows, double[][] margins) {
        x.put(block.doubles(), start * features, rows * features);
        DoublePointer.memcpy(m, b, (long) outputs * tileRows * Double.BYTES);
        if (outputs == 1) {
            cblas_dgemv(CblasRowMajor, CblasNoTrans, rows, features, 1, x, features, w, 1, 1, m, 1);
        } else {
            int transposed = narrow ? CblasTrans : CblasNoTrans;
            int stride = narrow ? outputs : features;
            cblas_dgemm(
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
                ofTile[k * tileRows + r] = multipliers[k][r];
            }
        }
        m.put(ofTile, 0, outputs * tileRows);
        int stride = features + 1;
        int keep = drained ? 0 : 1;
        drained = false;
        if (outputs == 1) {
            cblas_dgemv(CblasRowMajor, CblasTrans, rows, features, 1, x, features, m, 1, keep, g, 1);
        } else {
            cblas_dgemm(
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
        cblas_dgemv(CblasRowMajor, CblasNoTrans, outputs, rows, 1, m, tileRows, ones, 1, keep, interceptsOfG, stride);
    }

    @Override
    void drain(double[] sums) {
        g.get(ofGradient, 0, ofGradient.length);
        for (int i = 0; i < ofGradient.length; i++) {
            sums[i] += ofGradient[i];
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
