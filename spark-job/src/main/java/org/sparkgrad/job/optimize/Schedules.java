package org.sparkgrad.job.optimize;

import org.sparkgrad.job.config.ScheduleSettings;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Creates schedules from settings. */
final class Schedules {
    private Schedules() {}

    /**
     * Returns the schedule.
     *
     * @param learningRate the first rate, or the rate at the end of a warm-up
     * @param total the largest number of steps of the training
     * @throws JobException with USAGE for a warm-up that lasts until the end
     */
    static Schedule of(ScheduleSettings settings, double learningRate, long total) {
        return switch (settings.kind()) {
            case CONSTANT -> new Schedule.Constant(learningRate);
            case STEP -> new Schedule.Step(learningRate, settings.decay(), settings.steps());
            case EXPONENTIAL -> new Schedule.Exponential(learningRate, settings.decay(), settings.steps());
            case INVERSE -> new Schedule.Inverse(learningRate, settings.steps(), settings.power());
            case POLYNOMIAL -> new Schedule.Polynomial(learningRate, total, settings.power());
            case COSINE -> new Schedule.Cosine(learningRate, warmup(settings.warmupSteps(), total), total);
        };
    }

    private static int warmup(int steps, long total) {
        if (steps > 0 && steps >= total) {
            throw new JobException(
                    ExitCode.USAGE,
                    "--warmup-steps %d leaves nothing of the %d steps of the training: give fewer, or more --epochs or --max-iter"
                            .formatted(steps, total));
        }
        return steps;
    }
}
