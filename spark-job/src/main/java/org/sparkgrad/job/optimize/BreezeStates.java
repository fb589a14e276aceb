package org.sparkgrad.job.optimize;

import breeze.linalg.DenseMatrix;
import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import breeze.optimize.FirstOrderMinimizer;
import breeze.optimize.FirstOrderMinimizer.State;
import breeze.optimize.LBFGSB;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import scala.Option;
import scala.collection.IndexedSeq;
import scala.collection.JavaConverters;

/**
 * Converts Breeze's states to vectors and back: the point, its value and gradient, the corrections, and the values of
 * the objective that the convergence check stores. The rest of a state follows from these vectors.
 */
final class BreezeStates {
    private static final String[] MATRICES = {"W", "M", "yHistory", "sHistory"};

    private BreezeStates() {}

    static void save(State<DenseVector<Object>, Object, Object> state, SavedState to) {
        to.put("breeze.value", state.value())
                .put("breeze.gradient", BreezeObjective.values(state.grad()))
                .put("breeze.initialValue", state.initialAdjVal())
                .put("breeze.values", values(state.convergenceInfo()));
        if (state.history() instanceof LBFGSB.History history) {
            to.put("breeze.theta", history.theta());
            List<DenseMatrix<Object>> matrices =
                    List.of(history.W(), history.M(), history.yHistory(), history.sHistory());
            for (int i = 0; i < MATRICES.length; i++) {
                save("breeze." + MATRICES[i], matrices.get(i), to);
            }
        } else {
            throw new IllegalStateException(
                    "no history known here: " + state.history().getClass());
        }
    }

    static State<DenseVector<Object>, Object, Object> read(
            FirstOrderMinimizer<DenseVector<Object>, DiffFunction<DenseVector<Object>>> minimizer, SavedState saved) {
        OptimizerState at = OptimizerState.read(saved);
        DenseVector<Object> point =
                BreezeObjective.vector(at.coefficients().values().clone());
        DenseVector<Object> gradient =
                BreezeObjective.vector(saved.vector("breeze.gradient").clone());
        double value = saved.number("breeze.value");
        var adjusted = minimizer.adjust(point, gradient, value);
        return new State<>(
                point,
                value,
                gradient,
                (double) adjusted._1(),
                adjusted._2(),
                at.step(),
                saved.number("breeze.initialValue"),
                history(minimizer, saved),
                info(minimizer.convergenceCheck().initialInfo(), saved.vector("breeze.values")),
                false,
                Option.empty());
    }

    private static Object history(FirstOrderMinimizer<?, ?> minimizer, SavedState saved) {
        if (!(minimizer instanceof LBFGSB within)) {
            throw new IllegalStateException("no history known here: " + minimizer.getClass());
        }
        List<DenseMatrix<Object>> matrices = new ArrayList<>();
        for (String name : MATRICES) {
            matrices.add(matrix("breeze." + name, saved));
        }
        return within.History()
                .apply(
                        saved.number("breeze.theta"),
                        matrices.get(0),
                        matrices.get(1),
                        matrices.get(2),
                        matrices.get(3));
    }

    /** Saves a matrix with its layout. Another layout would change the order of a multiplication. */
    private static void save(String name, DenseMatrix<Object> matrix, SavedState to) {
        to.put(name, (double[]) matrix.data())
                .put(
                        name + ".layout",
                        matrix.rows(),
                        matrix.cols(),
                        matrix.offset(),
                        matrix.majorStride(),
                        matrix.isTranspose() ? 1 : 0);
    }

    private static DenseMatrix<Object> matrix(String name, SavedState saved) {
        double[] layout = saved.vector(name + ".layout");
        return new DenseMatrix<>(
                (int) layout[0],
                (int) layout[1],
                saved.vector(name).clone(),
                (int) layout[2],
                (int) layout[3],
                layout[4] == 1);
    }

    /** Returns the values that the convergence check stores. Its parts, and their parts, are sequences. */
    private static double[] values(Object info) {
        return numbers(info).mapToDouble(Double::doubleValue).toArray();
    }

    private static Stream<Double> numbers(Object info) {
        if (info instanceof IndexedSeq<?> parts) {
            return JavaConverters.seqAsJavaList(parts).stream().flatMap(BreezeStates::numbers);
        }
        return info instanceof Double number ? Stream.of(number) : Stream.empty();
    }

    /** Returns the initial information of the convergence check with its values replaced. Only one part has values. */
    private static Object info(Object initial, double[] values) {
        if (!(initial instanceof IndexedSeq<?> sequence)) {
            return initial;
        }
        List<Object> parts = new ArrayList<>(JavaConverters.seqAsJavaList(sequence));
        if (!parts.isEmpty() && parts.get(0) instanceof Double) {
            return sequence(Arrays.stream(values).boxed().toList());
        }
        parts.replaceAll(part -> info(part, values));
        return sequence(parts);
    }

    private static <T> IndexedSeq<T> sequence(List<? extends T> elements) {
        return JavaConverters.<T>asScalaBuffer(new ArrayList<>(elements)).toIndexedSeq();
    }
}
