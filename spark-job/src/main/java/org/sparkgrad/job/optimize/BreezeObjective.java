package org.sparkgrad.job.optimize;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import scala.Tuple2;

/** The smooth part of the objective as a Breeze function. A second call for the same point evaluates nothing. */
final class BreezeObjective {
    private final Objective objective;
    private final int outputs;
    private final int features;
    private double @Nullable [] point;
    private double value;
    private double[] gradient = {};

    BreezeObjective(Objective objective, int outputs, int features) {
        this.objective = objective;
        this.outputs = outputs;
        this.features = features;
    }

    /** Stores the value and the gradient at a point, as if the point had been evaluated. */
    void know(double[] at, double itsValue, double[] itsGradient) {
        point = at;
        value = itsValue;
        gradient = itsGradient;
    }

    /**
     * Returns the function. Java source cannot implement DiffFunction, which inherits {@code apply} with two return
     * types. The class of a lambda can, and Breeze calls only {@code calculate}.
     */
    @SuppressWarnings("unchecked")
    DiffFunction<DenseVector<Object>> function() {
        MethodType calculate = MethodType.methodType(Tuple2.class, DenseVector.class);
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MethodHandle factory = LambdaMetafactory.metafactory(
                            lookup,
                            "calculate",
                            MethodType.methodType(DiffFunction.class, BreezeObjective.class),
                            MethodType.methodType(Tuple2.class, Object.class),
                            lookup.findVirtual(BreezeObjective.class, "calculate", calculate),
                            calculate)
                    .getTarget();
            return (DiffFunction<DenseVector<Object>>) factory.invoke(this);
        } catch (Throwable unexpected) {
            throw new IllegalStateException("this Breeze has no DiffFunction.calculate", unexpected);
        }
    }

    @SuppressWarnings("UnusedMethod") // called by its name, above
    private Tuple2<Object, DenseVector<Object>> calculate(DenseVector<Object> x) {
        double[] values = values(x);
        if (!isKnown(values)) {
            Evaluation evaluation = objective.evaluate(new Coefficients(outputs, features, values));
            know(values, evaluation.smooth(), evaluation.gradient());
        }
        return new Tuple2<>(value, vector(gradient.clone()));
    }

    /** Compares -0 as equal to 0, as Breeze's own cache does. That cache is empty when a run resumes. */
    private boolean isKnown(double[] x) {
        double[] known = point;
        return known != null && IntStream.range(0, x.length).allMatch(i -> known[i] == x[i]);
    }

    static DenseVector<Object> vector(double[] values) {
        return new DenseVector<>(values);
    }

    static double[] values(DenseVector<Object> vector) {
        return ((double[]) vector.toArray(scala.reflect.ClassTag.Double())).clone();
    }
}
