package org.sparkgrad.job.config;

/** The options of the devices command. */
public final class DevicesKeys {
    /** Whether the answer is JSON. */
    public static final Key<Boolean> JSON = new Key<>(
            KeyGroup.ENGINE, "json", ValueTypes.flag(), false, "Whether the answer is JSON, for programs to read.");

    /** Whether executors of the cluster are included. */
    public static final Key<Boolean> CLUSTER = new Key<>(
            KeyGroup.ENGINE,
            "cluster",
            ValueTypes.flag(),
            false,
            "Whether every executor of the cluster is asked, rather than this machine.");

    /** All options. */
    public static final KeyTable TABLE = KeyTable.of(JSON, CLUSTER).and(GeneralKeys.TABLE);

    private DevicesKeys() {}
}
