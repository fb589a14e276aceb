package org.sparkgrad.job.config;

/** The options of every command. */
public final class GeneralKeys {
    /** Whether an error is printed with its stack trace. */
    public static final Key<Boolean> VERBOSE =
            new Key<>(KeyGroup.GENERAL, "verbose", ValueTypes.flag(), false, "Follow an error by its stack trace.");

    /** Whether help is printed instead of running the command. */
    public static final Key<Boolean> HELP =
            new Key<>(KeyGroup.GENERAL, "help", ValueTypes.flag(), false, "List the options and do nothing.");

    /** Both options. */
    public static final KeyTable TABLE = KeyTable.of(VERBOSE, HELP);

    private GeneralKeys() {}
}
