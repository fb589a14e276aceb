package org.sparkgrad.job.config;

import static org.sparkgrad.job.config.KeyGroup.REGISTRY;

/** The options of the models command. */
public final class ModelsKeys {
    /** The folder of the registry. */
    public static final Key<String> REGISTRY_FOLDER = new Key<>(
            REGISTRY,
            "registry",
            ValueTypes.text("PATH"),
            null,
            "The folder of the registry, on any file system Hadoop knows; required.");

    /** The name of the model. */
    public static final Key<String> NAME = new Key<>(
            REGISTRY,
            "name",
            ValueTypes.name(),
            null,
            "The model's name in the registry; may be left out where the registry has one model.");

    /** The version to promote. */
    public static final Key<Integer> VERSION =
            new Key<>(REGISTRY, "version", ValueTypes.whole(1), null, "The version to promote; required for promote.");

    /** Whether the answer is JSON. */
    public static final Key<Boolean> JSON =
            new Key<>(REGISTRY, "json", ValueTypes.flag(), false, "Whether the answer is JSON, for programs to read.");

    /** All options. */
    public static final KeyTable TABLE =
            KeyTable.of(REGISTRY_FOLDER, NAME, VERSION, JSON).and(GeneralKeys.TABLE);

    private ModelsKeys() {}
}
