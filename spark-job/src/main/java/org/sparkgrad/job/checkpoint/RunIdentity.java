package org.sparkgrad.job.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * What must be alike for one run to go on where another stood.
 *
 * @param versions of what decides about bits
 * @param config every key that changes the way to the model, with its value
 * @param data what the data and the engine are known by; empty before they were looked at
 * @param computedBy devices and processors, for people: the {@code Probe} tells whether their bits differ
 */
public record RunIdentity(
        Map<String, String> versions, Map<String, String> config, Map<String, String> data, String computedBy) {
    /** Keeps copies, in the order of the names. */
    public RunIdentity {
        versions = new TreeMap<>(versions);
        config = new TreeMap<>(config);
        data = new TreeMap<>(data);
    }

    /** Returns the same of a run whose data were looked at. */
    public RunIdentity withData(Map<String, String> known) {
        return new RunIdentity(versions, config, known, computedBy);
    }

    /** Returns the same of a run whose workers have computed. */
    public RunIdentity withComputedBy(String devices) {
        return new RunIdentity(versions, config, data, devices);
    }

    /**
     * Refuses to go on by another version or configuration.
     *
     * @param now the run that is to go on where this one stood
     * @throws JobException (USAGE) that names each difference
     */
    public void refuseOtherSettings(RunIdentity now) {
        List<String> differences = new ArrayList<>(differences(versions, now.versions));
        differences.addAll(differences(config, now.config));
        refuse(ExitCode.USAGE, "another configuration or version", differences);
    }

    /**
     * Refuses to go on over other data, or by another engine.
     *
     * @param now the run that is to go on where this one stood
     * @throws JobException (DATA) that names each difference
     */
    public void refuseOtherData(RunIdentity now) {
        refuse(ExitCode.DATA, "other data or another engine", differences(data, now.data));
    }

    private static void refuse(ExitCode code, String what, List<String> differences) {
        if (!differences.isEmpty()) {
            throw new JobException(
                    code,
                    "the checkpoint is of a run of %s:\n%s\nUse the same again, or leave --resume out to start anew, which removes the checkpoint"
                            .formatted(what, String.join("\n", differences)));
        }
    }

    private static List<String> differences(Map<String, String> saved, Map<String, String> now) {
        TreeSet<String> names = new TreeSet<>(saved.keySet());
        names.addAll(now.keySet());
        return names.stream()
                .filter(name -> !java.util.Objects.equals(saved.get(name), now.get(name)))
                .map(name -> "%s was %s and is %s"
                        .formatted(name, saved.getOrDefault(name, "not given"), now.getOrDefault(name, "not given")))
                .toList();
    }
}
