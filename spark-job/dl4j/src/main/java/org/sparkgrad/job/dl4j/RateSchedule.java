package org.sparkgrad.job.dl4j;

import java.util.List;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.linalg.schedule.InverseSchedule;
import org.nd4j.linalg.schedule.PolySchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.nd4j.linalg.schedule.StepSchedule;
import org.sparkgrad.job.ml.GpuLogisticRegression;

/** Converts ND4J's schedules to parameters of the estimator, whose schedules count steps. */
final class RateSchedule {
    private static final double ROUNDING = 1e-9;

    private RateSchedule() {}

    /**
     * Sets the schedule.
     *
     * @param problems receives a line for each setting that is not supported
     */
    static void set(GpuLogisticRegression estimator, ISchedule schedule, StepCount steps, List<String> problems) {
        if (steps.done() > 0) {
            problems.add("the schedule of its learning rate has gone on for " + steps.done()
                    + " steps, and starts anew in each fit here: fit once, for more epochs");
        }
        if (schedule instanceof StepSchedule step && isWhole(step.getStep())) {
            int every = (int) Math.rint(step.getStep());
            falling(estimator, step.getDecayRate(), every * unit(step.getScheduleType(), steps), problems);
        } else if (schedule instanceof ExponentialSchedule power) {
            falling(estimator, power.getGamma(), unit(power.getScheduleType(), steps), problems);
        } else if (schedule instanceof InverseSchedule inverse
                && inverse.getScheduleType() == ScheduleType.ITERATION
                && isWhole(1 / inverse.getGamma())) {
            estimator
                    .setSchedule("inverse")
                    .setScheduleSteps((int) Math.rint(1 / inverse.getGamma()))
                    .setSchedulePower(inverse.getPower());
        } else if (schedule instanceof PolySchedule polynomial
                && polynomial.getScheduleType() == ScheduleType.ITERATION) {
            polynomial(estimator, polynomial, Math.multiplyExact(steps.ofAnEpoch(), steps.epochs()), problems);
        } else {
            problems.add(
                    "the schedule of its learning rate is " + schedule + ": StepSchedule and ExponentialSchedule,"
                            + " InverseSchedule by iteration with 1 / gamma whole, and PolySchedule by iteration are known here");
        }
    }

    private static int unit(ScheduleType type, StepCount steps) {
        return type == ScheduleType.EPOCH ? steps.ofAnEpoch() : 1;
    }

    private static void falling(GpuLogisticRegression estimator, double decay, int steps, List<String> problems) {
        if (decay > 0 && decay <= 1) {
            estimator.setSchedule("step").setScheduleDecay(decay).setScheduleSteps(steps);
        } else {
            problems.add("the schedule of its learning rate multiplies by " + decay + ", not above 0 and at most 1");
        }
    }

    private static void polynomial(
            GpuLogisticRegression estimator, PolySchedule schedule, int steps, List<String> problems) {
        if (schedule.getMaxIter() != steps) {
            problems.add("its learning rate falls to 0 at step %d, and the training has %d: give it as many"
                    .formatted(schedule.getMaxIter(), steps));
        }
        estimator.setSchedule("polynomial").setSchedulePower(schedule.getPower());
    }

    private static boolean isWhole(double number) {
        return number >= 1 && Math.abs(number - Math.rint(number)) <= ROUNDING * number;
    }
}
