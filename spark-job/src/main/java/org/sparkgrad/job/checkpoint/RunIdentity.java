package org.sparkgrad.job.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * The properties that two runs must share so that one can resume from the checkpoint of the other.
 *
 * @param versions the versions of everything that affects bits
 * @param config every key that affects the model, with its value
 * @param data identifying values of the data and the engine; empty before they are known
 * @param computedBy the devices and processors, for readers only: {@code FirstEvaluation} finds whether their bits
 *     differ
 */
public record RunIdentity(
        Map<String, String> versions, Map<String, String> config, Map<String, String> data, String computedBy) {
    /** Copies the maps in the order of their names. */
    public RunIdentity {
        versions = new TreeMap<>(versions);
        config = new TreeMap<>(config);
        data = new TreeMap<>(data);
    }

    /** Returns this identity with values of the data. */
    public RunIdentity withData(Map<String, String> known) {
        return new RunIdentity(versions, config, known, computedBy);
    }

    /** Returns this identity with the devices that compute. */
    public RunIdentity withComputedBy(String devices) {
        return new RunIdentity(versions, config, data, devices);
    }

    /**
     * Refuses to resume with another version or configuration.
     *
     * @param now the run that is to resume from this checkpoint
     * @throws JobException (USAGE) that names each difference
     */
    public void refuseOtherSettings(RunIdentity now) {
        List<String> differences = new ArrayList<>(differences(versions, now.versions));
        differences.addAll(differences(config, now.config));
        refuse(ExitCode.USAGE, "another configuration or version", differences);
    }

    /**
     * Refuses to resume with other data or another engine.
     *
     * @param now the run that is to resume from this checkpoint
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
