package org.sparkgrad.job.optimize;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import org.netlib.util.intW;

/**
 * P from the Cholesky factor of a {@link QuadraticModel}, computed by netlib's Java implementation on every machine. If
 * columns are linearly dependent and no penalty makes the matrix definite, a ridge does, of the size of rounding
 * errors. P is then not exact, but the optimum does not depend on P.
 */
final class GramPreconditioner implements Preconditioner {
    private static final LAPACK LAPACK_OF_JAVA = JavaLAPACK.getInstance();
    private static final BLAS BLAS_OF_JAVA = JavaBLAS.getInstance();

    private static final double STRONGER = 100;

    /** F + 1. */
    private final int n;

    /** The lower factor, in column order. */
    private final double[] factor;

    /** @param ridge the first ridge to try, relative to the diagonal */
    GramPreconditioner(QuadraticModel model, double ridge) {
        this.n = model.size();
        double relative = ridge;
        double[] tried = factor(model, relative);
        while (tried.length == 0) {
            relative *= STRONGER;
            tried = factor(model, relative);
        }
        this.factor = tried;
    }

    /** Returns the factor, or an empty array if the matrix is not positive definite. */
    private double[] factor(QuadraticModel model, double ridge) {
        double[] matrix = new double[n * n];
        for (int column = 0; column < n; column++) {
            for (int row = column; row < n; row++) {
                matrix[column * n + row] = model.get(/* row= */ column, /* column= */ row);
            }
            matrix[column * n + column] *= 1 + ridge;
        }
        intW info = new intW(0);
        LAPACK_OF_JAVA.dpotrf("L", n, matrix, 0, n, info);
        return info.val == 0 ? matrix : new double[0];
    }

    @Override
    public double[] solve(double[] gradient) {
        double[] solved = gradient.clone();
        int outputs = gradient.length / n;
        BLAS_OF_JAVA.dtrsm("L", "L", "N", "N", n, outputs, 1, factor, 0, n, solved, 0, n);
        BLAS_OF_JAVA.dtrsm("L", "L", "T", "N", n, outputs, 1, factor, 0, n, solved, 0, n);
        return solved;
    }
}
