package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.OPTIMIZER;

import org.sparkgrad.job.config.ScheduleSettings.Kind;

/** The keys of the learning rate schedule. */
final class ScheduleKeys {
    static final Key<Kind> KIND = new Key<>(
            OPTIMIZER,
            "schedule",
            ValueTypes.choice(Kind.class),
            ScheduleSettings.CONSTANT.kind(),
            "The learning rate over time: always the same; multiplied by scheduleDecay after every scheduleSteps steps,"
                    + " or a little in each (exponential); divided by (1 + step / scheduleSteps) to the schedulePower"
                    + " (inverse); falling to 0 at the last step, as (1 - step / steps) to the schedulePower"
                    + " (polynomial) or along a half wave (cosine).");
    static final Key<Double> DECAY = new Key<>(
            OPTIMIZER,
            "scheduleDecay",
            ValueTypes.factor(),
            ScheduleSettings.CONSTANT.decay(),
            "The factor of schedules step and exponential.");
    static final Key<Integer> STEPS = new Key<>(
            OPTIMIZER,
            "scheduleSteps",
            ValueTypes.whole(1),
            ScheduleSettings.CONSTANT.steps(),
            "Steps from one factor to the next in schedules step and exponential; the scale of schedule inverse.");
    static final Key<Double> POWER = new Key<>(
            OPTIMIZER,
            "schedulePower",
            ValueTypes.aboveZero(),
            ScheduleSettings.CONSTANT.power(),
            "The exponent of schedules inverse and polynomial.");
    static final Key<Integer> WARMUP_STEPS = new Key<>(
            OPTIMIZER,
            "warmupSteps",
            ValueTypes.whole(0),
            ScheduleSettings.CONSTANT.warmupSteps(),
            "Steps in which schedule cosine first rises to the learning rate, in a straight line.");

    private ScheduleKeys() {}
}
