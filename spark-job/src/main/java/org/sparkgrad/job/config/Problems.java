package org.sparkgrad.job.config;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Collects errors, so that one exception reports all of them. */
final class Problems {
    private final List<String> lines = new ArrayList<>();

    /** Adds a problem that belongs to no single key. */
    void add(String line) {
        lines.add(line);
    }

    /** Adds a problem of one key. */
    void add(Key<?> key, List<String> texts, Origin origin, String problem) {
        String name = origin.nameOf(key);
        String value = texts.isEmpty() ? "" : " " + String.join(",", texts).replace("\t", "\\t");
        lines.add("%s%s: %s (%s)".formatted(name, value, problem, origin.where()));
    }

    /**
     * Throws an exception if there are problems; else does nothing.
     *
     * @throws JobException with a line for each problem
     */
    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new JobException(ExitCode.USAGE, String.join("\n", lines));
        }
    }
}
