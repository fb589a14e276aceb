package org.sparkgrad.job.dl4j.updater;

import java.util.Locale;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.optimize.Updater;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Makes updaters, and says what to do where ND4J is missing; so this class names none of ND4J's. */
public final class Nd4jUpdaters {
    private Nd4jUpdaters() {}

    /**
     * Returns the updater of a mini-batch method.
     *
     * @param method a mini-batch method
     * @param coefficients how many there are
     * @throws JobException with RESOURCES where ND4J is not on the class path
     */
    public static Updater of(Method method, int coefficients) {
        try {
            return Nd4jUpdater.of(method, coefficients);
        } catch (LinkageError missing) {
            throw new JobException(
                    ExitCode.RESOURCES,
                    "optimizer %s needs ND4J, which is not on the class path: add --jars sparkgrad-dl4j.jar (it is beside sparkgrad.jar), or use --optimizer lbfgs, gd or momentum"
                            .formatted(method.name().toLowerCase(Locale.ROOT)),
                    missing);
        }
    }
}
