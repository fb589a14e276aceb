package org.sparkgrad.job.registry;

import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.sparkgrad.job.files.StoredFiles;
import org.sparkgrad.job.problem.ExitCode;
import org.sparkgrad.job.problem.JobException;

/**
 * A folder of models by name. Readers need no lock: a promoted version is complete, and its folder stays as long as it
 * is promoted.
 */
public final class ModelRegistry {
    private final StoredFiles files;
    private final Path root;
    private final Path models;

    private ModelRegistry(StoredFiles files, Path root) {
        this.files = files;
        this.root = root;
        this.models = new Path(root, "models");
    }

    /**
     * Opens a registry, which need not exist yet.
     *
     * @param folder a folder on any Hadoop file system
     * @throws JobException (USAGE) if there is no such file system
     */
    public static ModelRegistry open(Configuration conf, String folder) {
        try {
            Path path = new Path(folder);
            StoredFiles files = new StoredFiles(path.getFileSystem(conf));
            return new ModelRegistry(files, files.qualified(path));
        } catch (IOException | IllegalArgumentException e) {
            throw new JobException(
                    ExitCode.USAGE, "registry %s cannot be reached: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /** Returns the names of the models, sorted. */
    public List<String> names() {
        return files.names(models);
    }

    /** Returns a model, which need not exist yet. */
    public RegisteredModel model(String name) {
        return new RegisteredModel(files, new Path(models, name));
    }

    /**
     * Returns a model that exists.
     *
     * @param name the name; null stands for the only model
     * @throws JobException (USAGE) if there is no such model, or if there are several and no name is given
     */
    public RegisteredModel existing(@Nullable String name) {
        List<String> names = names();
        if (names.isEmpty()) {
            throw new JobException(
                    ExitCode.USAGE, "registry %s has no model yet: sparkgrad scheduled makes one".formatted(root));
        }
        if (name == null && names.size() > 1) {
            throw new JobException(
                    ExitCode.USAGE,
                    "registry %s has the models %s: choose one with --name".formatted(root, String.join(", ", names)));
        }
        if (name != null && !names.contains(name)) {
            throw new JobException(
                    ExitCode.USAGE,
                    "registry %s has no model %s: there are %s".formatted(root, name, String.join(", ", names)));
        }
        return model(name == null ? names.get(0) : name);
    }
}
