package org.sparkgrad.job.optimize;

import breeze.linalg.DenseVector;
import breeze.optimize.DiffFunction;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.gpu.block.Coefficients;
import scala.Tuple2;

/** The smooth part of the objective as Breeze asks for it; OWL-QN adds L1 itself. Asking twice for the same point costs one evaluation. */
final class BreezeObjective {
    private final Objective objective;
    private final int outputs;
    private final int features;
    private double @Nullable [] point;
    private @Nullable Evaluation atPoint;

    private BreezeObjective(Objective objective, int outputs, int features) {
        this.objective = objective;
        this.outputs = outputs;
        this.features = features;
    }

    /**
     * Returns the function. Java source cannot implement DiffFunction, which inherits {@code apply} with two return
     * types; the class that a lambda becomes can, and Breeze calls nothing but {@code calculate}.
     */
    @SuppressWarnings("unchecked")
    static DiffFunction<DenseVector<Object>> function(Objective objective, int outputs, int features) {
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
            return (DiffFunction<DenseVector<Object>>)
                    factory.invoke(new BreezeObjective(objective, outputs, features));
        } catch (Throwable unexpected) {
            throw new IllegalStateException("this Breeze has no DiffFunction.calculate", unexpected);
        }
    }

    @SuppressWarnings("UnusedMethod") // found by name, above
    private Tuple2<Object, DenseVector<Object>> calculate(DenseVector<Object> x) {
        double[] values = values(x);
        if (atPoint == null || !Arrays.equals(point, values)) {
            point = values;
            atPoint = objective.evaluate(new Coefficients(outputs, features, values));
        }
        return new Tuple2<>(atPoint.smooth(), vector(atPoint.gradient().clone()));
    }

    static DenseVector<Object> vector(double[] values) {
        return new DenseVector<>(values);
    }

    static double[] values(DenseVector<Object> vector) {
        return ((double[]) vector.toArray(scala.reflect.ClassTag.Double())).clone();
    }
}
