package org.sparkgrad.job.config;

import java.util.ArrayList;
import java.util.List;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/** Collects what is wrong, to say all of it at once. */
final class Problems {
    private final List<String> lines = new ArrayList<>();

    /** Adds a problem of the whole. */
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
     * Does nothing if there are none.
     *
     * @throws JobException with a line for each problem
     */
    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new JobException(ExitCode.USAGE, String.join("\n", lines));
        }
    }
}
