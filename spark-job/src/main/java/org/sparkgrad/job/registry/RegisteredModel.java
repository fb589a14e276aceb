package org.sparkgrad.job.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sparkgrad.job.files.Json;
import org.sparkgrad.job.files.LockOwner;
import org.sparkgrad.job.files.NumberedFiles;
import org.sparkgrad.job.files.RunLock;
import org.sparkgrad.job.files.StoredFiles;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;
import org.sparkgrad.job.registry.ModelVersion.Status;

/**
 * One model of a registry: {@code models/NAME}.
 *
 * <pre>
 * 1/, 2/, ...        versions: each a complete OUTPUT with its manifest.json
 * promoted/          numbered files; the last contains the promoted version
 * runs/              numbered files, one per run
 * lock/              numbered files; the last contains the owner
 * candidates/        the unfinished outputs of runs
 * </pre>
 */
public final class RegisteredModel {
    private static final Logger LOG = LoggerFactory.getLogger(RegisteredModel.class);
    private static final String SUMMARY = "summary.json";
    private static final String MANIFEST = "manifest.json";
    private static final Pattern VERSION = Pattern.compile("[1-9]\\d{0,8}");

    private final StoredFiles files;
    private final Path folder;
    private final NumberedFiles<Promotion> promotions;
    private final NumberedFiles<RunRecord> runs;

    RegisteredModel(StoredFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
        this.promotions = new NumberedFiles<>(files, new Path(folder, "promoted"), Promotion.class);
        this.runs = new NumberedFiles<>(files, new Path(folder, "runs"), RunRecord.class);
    }

    /** Returns the name of the model. */
    public String name() {
        return folder.getName();
    }

    /** Returns the folder of a version. */
    public Path folder(int version) {
        return new Path(folder, Integer.toString(version));
    }

    /** Returns the last promotion that can be read; empty before the first promotion. */
    public Optional<Promotion> promoted() {
        return promotions.newest();
    }

    /** Returns all promotions, in order. */
    public List<Promotion> history() {
        return promotions.all();
    }

    /** Returns the number of promotions so far, which grows with each change of the promoted version. */
    public int promotions() {
        return promotions.last().orElse(0);
    }

    /** Returns the numbers of the existing versions, in order. */
    public List<Integer> versionNumbers() {
        return files.names(folder).stream()
                .filter(name -> VERSION.matcher(name).matches())
                .map(Integer::valueOf)
                .sorted()
                .toList();
    }

    /** Returns the versions, in order, without versions whose manifest or summary is missing or damaged. */
    public List<ModelVersion> versions() {
        Set<Integer> everPromoted =
                promotions.all().stream().map(Promotion::version).collect(Collectors.toSet());
        @Nullable Integer promoted = promoted().map(Promotion::version).orElse(null);
        return versionNumbers().stream()
                .filter(version -> files.exists(new Path(folder(version), MANIFEST)))
                .map(version -> readable(version, promoted, everPromoted))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ModelVersion> readable(int version, @Nullable Integer promoted, Set<Integer> everPromoted) {
        try {
            return Optional.of(version(version, promoted, everPromoted));
        } catch (JobException damaged) {
            LOG.warn("Version {} of {} is left out: {}", version, name(), damaged.getMessage());
            return Optional.empty();
        }
    }

    private ModelVersion version(int version, @Nullable Integer promoted, Set<Integer> everPromoted) {
        Manifest manifest = manifest(version);
        JsonNode summary = summary(folder(version));
        Status status = Objects.equals(version, promoted)
                ? Status.PROMOTED
                : everPromoted.contains(version)
                        ? Status.RETIRED
                        : manifest.passed() ? Status.CANDIDATE : Status.REFUSED;
        return new ModelVersion(
                version,
                manifest.runId(),
                status,
                summary.path("objective").asDouble(),
                summary.path("metrics"),
                manifest.reasons(),
                manifest.parent(),
                manifest.created());
    }

    /** Returns the manifest of a version. */
    public Manifest manifest(int version) {
        return read(folder(version), MANIFEST, Manifest.class);
    }

    /** Returns the summary of the training of a version or candidate. */
    public JsonNode summary(Path output) {
        return read(output, SUMMARY, JsonNode.class);
    }

    /**
     * Returns a JSON file of a version or candidate.
     *
     * @throws JobException (RESOURCES) if the file is missing or damaged
     */
    public <T> T read(Path output, String name, Class<T> type) {
        Path file = new Path(output, name);
        return Json.read(files.read(file), type, file);
    }

    /** Returns whether a version or candidate has a file. */
    public boolean has(Path output, String name) {
        return files.exists(new Path(output, name));
    }

    /** Writes a JSON file to a candidate; replaces a file of a killed run. */
    public void write(Path output, String name, Object value) {
        files.delete(new Path(output, name));
        files.createNew(new Path(output, name), Json.text(value));
    }

    /**
     * Promotes a version, unless another promotion has happened since {@link #promotions} was read.
     *
     * @param after the result of {@link #promotions} at that time
     * @return whether the version is promoted
     */
    public boolean promote(int version, Promotion.Reason reason, int after) {
        Promotion next = promoted()
                .map(before -> before.followedBy(version, reason, now()))
                .orElseGet(() -> new Promotion(version, List.of(), reason, now()));
        return promotions() == after && promotions.create(after + 1, next);
    }

    /**
     * Promotes a version for a promote command.
     *
     * @throws JobException (USAGE) if there is no such version, or if it is promoted already
     */
    public void promote(int version) {
        if (versions().stream().noneMatch(known -> known.version() == version)) {
            throw usage("there is no version %d of %s: models show lists them".formatted(version, name()));
        }
        if (promoted().filter(now -> now.version() == version).isPresent()) {
            throw usage("version %d of %s is promoted already".formatted(version, name()));
        }
        if (!promote(version, Promotion.Reason.PROMOTE, promotions())) {
            throw moved();
        }
    }

    /**
     * Promotes the previously promoted version again, and returns its number.
     *
     * @throws JobException (USAGE) if there is no previous version
     */
    public int rollback() {
        int after = promotions();
        Promotion now = promoted().orElseThrow(() -> usage("no version of %s is promoted".formatted(name())));
        List<Integer> before = rollbackTargets(now);
        if (before.isEmpty()) {
            throw usage("version %d is the first one of %s that was promoted, of those there still are"
                    .formatted(now.version(), name()));
        }
        Promotion next =
                new Promotion(before.get(0), before.subList(1, before.size()), Promotion.Reason.ROLLBACK, now());
        if (!promotions.create(after + 1, next)) {
            throw moved();
        }
        return next.version();
    }

    private JobException moved() {
        return usage("another promotion of %s came first: look with models show, and try again".formatted(name()));
    }

    private static JobException usage(String message) {
        return new JobException(ExitCode.USAGE, message);
    }

    /** Returns the records of the runs, in order. */
    public List<RunRecord> runs() {
        return runs.all();
    }

    /** Appends a record to the history. */
    public void record(RunRecord run) {
        runs.append(run);
    }

    /** Tries to take the lock of the model. */
    public RunLock.Answer lock(LockOwner owner, Duration expiry) {
        return RunLock.take(files, new Path(folder, "lock"), owner, expiry);
    }

    /** Returns the OUTPUT of a run's training, until it becomes a version. */
    public Path candidate(String runId) {
        return new Path(new Path(folder, "candidates"), runId);
    }

    /** Renames a run's complete candidate to a version, and returns the version's number. */
    public int publish(String runId) {
        int version = Stream.concat(
                                versionNumbers().stream(),
                                runs().stream().map(RunRecord::version).filter(Objects::nonNull))
                        .max(Comparator.naturalOrder())
                        .orElse(0)
                + 1;
        files.rename(candidate(runId), folder(version));
        return version;
    }

    /** Removes a run's candidate and the other files of its training. */
    public void discard(String runId) {
        Path candidate = candidate(runId);
        Path parent = Objects.requireNonNull(candidate.getParent(), "a candidate is in a folder");
        files.names(parent).stream()
                .filter(name -> name.equals(runId) || name.startsWith(runId + "."))
                .forEach(name -> files.delete(new Path(parent, name)));
    }

    /** Removes versions and all candidates. A version is renamed first, so that no reader sees a part of it. */
    void remove(List<Integer> versions) {
        Path candidates = new Path(folder, "candidates");
        for (int version : versions) {
            files.makeFolder(candidates);
            Path removed = new Path(candidates, "removed-" + version);
            files.delete(removed);
            files.rename(folder(version), removed);
        }
        files.delete(candidates);
    }

    /** Returns the promoted version and the version of a rollback. */
    Set<Integer> served() {
        return promoted().stream()
                .flatMap(now -> Stream.concat(
                        Stream.of(now.version()), rollbackTargets(now).stream().limit(1)))
                .collect(Collectors.toSet());
    }

    private List<Integer> rollbackTargets(Promotion now) {
        return now.predecessors().stream()
                .filter(version -> has(folder(version), MANIFEST))
                .toList();
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
