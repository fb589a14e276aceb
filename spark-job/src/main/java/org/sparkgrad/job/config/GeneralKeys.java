package org.sparkgrad.job.config;

/** The options that every command has. */
public final class GeneralKeys {
    /** Whether an error shows its stack trace. */
    public static final Key<Boolean> VERBOSE =
            new Key<>(KeyGroup.GENERAL, "verbose", ValueTypes.flag(), false, "Follow an error by its stack trace.");

    /** Asks for help instead of work. */
    public static final Key<Boolean> HELP =
            new Key<>(KeyGroup.GENERAL, "help", ValueTypes.flag(), false, "List the options and do nothing.");

    /** Both. */
    public static final KeyTable TABLE = KeyTable.of(VERBOSE, HELP);

    private GeneralKeys() {}
}
