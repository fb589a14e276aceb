package org.sparkgrad.job.optimize;

import java.util.ArrayList;
import java.util.List;

/**
 * The last corrections of L-BFGS around a preconditioner P: Nocedal and Wright, Numerical Optimization, 2006, algorithm
 * 7.4, with gamma P^-1 instead of the first inverse. The result equals L-BFGS after a change of variables by a factor
 * of P, but P^-1 is applied to gradients only, once to each.
 */
final class LbfgsMemory {
    /** The number of corrections in MLlib. */
    private static final int CORRECTIONS = 10;

    private final List<Correction> corrections = new ArrayList<>();

    /** The correction of one step: the change s of the point, the change y of the gradient, P^-1 y, and s'y. */
    @SuppressWarnings("ArrayRecordComponent") // corrections are never compared
    private record Correction(double[] s, double[] y, double[] solvedY, double sy) {}

    /** Creates an empty memory. */
    LbfgsMemory() {}

    /** Creates the memory from a saved state. */
    LbfgsMemory(SavedState saved) {
        for (int i = 0; i < saved.whole("corrections"); i++) {
            add(saved.vector("s" + i), saved.vector("y" + i), saved.vector("solvedY" + i));
        }
    }

    void save(SavedState to) {
        to.put("corrections", corrections.size());
        for (int i = 0; i < corrections.size(); i++) {
            Correction correction = corrections.get(i);
            to.put("s" + i, correction.s).put("y" + i, correction.y).put("solvedY" + i, correction.solvedY);
        }
    }

    boolean isEmpty() {
        return corrections.isEmpty();
    }

    void clear() {
        corrections.clear();
    }

    /**
     * Adds a step along which the slope increased. Other steps, from a loss that is not convex or from rounding, are
     * ignored.
     */
    void add(double[] s, double[] y, double[] solvedY) {
        double sy = Vectors.dot(s, y);
        if (sy > 0) {
            corrections.add(new Correction(s, y, solvedY, sy));
            if (corrections.size() > CORRECTIONS) {
                corrections.remove(0);
            }
        }
    }

    /**
     * Returns a direction of descent.
     *
     * @param gradient g
     * @param solved P^-1 g
     */
    double[] direction(double[] gradient, double[] solved) {
        double[] q = gradient.clone();
        double[] direction = solved.clone();
        double[] alpha = new double[corrections.size()];
        for (int i = alpha.length - 1; i >= 0; i--) {
            Correction last = corrections.get(i);
            alpha[i] = Vectors.dot(last.s, q) / last.sy;
            Vectors.add(q, -alpha[i], last.y);
            Vectors.add(direction, -alpha[i], last.solvedY);
        }
        double gamma = gamma();
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= gamma;
        }
        for (int i = 0; i < alpha.length; i++) {
            Correction next = corrections.get(i);
            double beta = Vectors.dot(next.y, direction) / next.sy;
            Vectors.add(direction, alpha[i] - beta, next.s);
        }
        for (int i = 0; i < direction.length; i++) {
            direction[i] = -direction[i];
        }
        return direction;
    }

    private double gamma() {
        if (corrections.isEmpty()) {
            return 1;
        }
        Correction last = corrections.get(corrections.size() - 1);
        return last.sy / Vectors.dot(last.y, last.solvedY);
    }
}
