package org.sparkgrad.job.dl4j;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.AMSGrad;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nadam;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.schedule.FixedSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.sparkgrad.job.config.OptimizerSettings.Method;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/** Converts ND4J's updaters to parameters of the estimator, whose updaters have ND4J's own constants. */
final class UpdaterSettings {
    private static final List<Known<?>> KNOWN = List.of(
            new Known<>(Method.SGD, Sgd.class, Sgd::new, Sgd::getLearningRateSchedule),
            new Known<>(Method.NESTEROV, Nesterovs.class, Nesterovs::new, Nesterovs::getLearningRateSchedule),
            new Known<>(Method.ADAGRAD, AdaGrad.class, AdaGrad::new, AdaGrad::getLearningRateSchedule),
            new Known<>(Method.RMSPROP, RmsProp.class, RmsProp::new, RmsProp::getLearningRateSchedule),
            new Known<>(Method.ADAM, Adam.class, Adam::new, Adam::getLearningRateSchedule),
            new Known<>(Method.AMSGRAD, AMSGrad.class, AMSGrad::new, AMSGrad::getLearningRateSchedule),
            new Known<>(Method.NADAM, Nadam.class, Nadam::new, Nadam::getLearningRateSchedule));

    private UpdaterSettings() {}

    /** A method, and ND4J's class that configures it. */
    private record Known<U extends IUpdater>(
            Method method, Class<U> type, Supplier<U> defaults, Function<U, @Nullable ISchedule> schedules) {
        @Nullable
        ISchedule schedule(IUpdater updater) {
            return schedules.apply(type.cast(updater));
        }
    }

    /**
     * Sets method, learning rate and schedule.
     *
     * @param l1 the factor of the L1 penalty
     * @param steps the steps for the schedule
     * @param problems receives a line for each setting that is not supported
     */
    static void set(
            GpuLogisticRegression estimator, IUpdater updater, double l1, StepCount steps, List<String> problems) {
        Optional<Known<?>> found = KNOWN.stream()
                .filter(known -> known.type().equals(updater.getClass()))
                .findFirst();
        if (found.isEmpty()) {
            problems.add("its updater is " + updater + ": these are known here: "
                    + KNOWN.stream().map(known -> known.type().getSimpleName()).collect(Collectors.joining(", ")));
            return;
        }
        Known<?> known = found.get();
        IUpdater given = constants(updater);
        IUpdater ours = constants(known.defaults().get());
        if (!given.equals(ours)) {
            problems.add("the constants of its updater, " + given + ", are not those here, " + ours);
        }
        if (l1 > 0 && !known.method().takesL1()) {
            problems.add("it has L1, which Sgd and LBFGS take here, and "
                    + known.type().getSimpleName() + " does not");
        }
        estimator.setOptimizer(known.method().name().toLowerCase(Locale.ROOT));
        ISchedule schedule = known.schedule(updater);
        double rate = updater.getLearningRate(0, 0);
        if (rate > 0) {
            estimator.setLearningRate(rate);
        } else {
            problems.add("its learning rate is " + rate + ", not above 0");
        }
        if (schedule != null && !(schedule instanceof FixedSchedule)) {
            RateSchedule.set(estimator, schedule, steps, problems);
        }
    }

    /** Returns the updater with another learning rate, so that a comparison of updaters covers all other settings. */
    private static IUpdater constants(IUpdater updater) {
        IUpdater constants = updater.clone();
        constants.setLrAndSchedule(1, null);
        return constants;
    }
}
