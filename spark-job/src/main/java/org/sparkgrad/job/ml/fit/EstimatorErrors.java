package org.sparkgrad.job.ml.fit;

import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sparkgrad.job.problem.JobException;

/** Rewrites training errors with the names that an estimator's user knows. */
public final class EstimatorErrors {
    /** A command-line option, which is a parameter's name in kebab case. */
    private static final Pattern OPTION = Pattern.compile("--([a-z][a-z0-9]*(?:-[a-z0-9]+)*)");

    private static final Pattern NEXT_WORD = Pattern.compile("-([a-z0-9])");

    /** The options that Spark settings replace. */
    private static final Map<String, String> SPARK = Map.of(
            "driver-memory", "spark.driver.memory",
            "executor-memory", "spark.executor.memory");

    private EstimatorErrors() {}

    /**
     * Runs a training.
     *
     * @throws JobException with parameters in place of options, if the training throws one, also in a task
     */
    public static <T> T named(Supplier<T> training) {
        try {
            return training.get();
        } catch (Throwable failure) { // Spark throws checked exceptions that no signature declares
            JobException problem = JobException.findIn(failure).orElse(null);
            if (problem == null) {
                throw failure;
            }
            throw new JobException(problem.exitCode(), parameters(String.valueOf(problem.getMessage())), failure);
        }
    }

    private static String parameters(String message) {
        return OPTION.matcher(message).replaceAll(option -> Matcher.quoteReplacement(parameter(option.group(1))));
    }

    private static String parameter(String option) {
        String setting = SPARK.get(option);
        return setting != null
                ? setting
                : NEXT_WORD.matcher(option).replaceAll(word -> word.group(1).toUpperCase(java.util.Locale.ROOT));
    }
}
