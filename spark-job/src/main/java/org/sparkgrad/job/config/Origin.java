package org.sparkgrad.job.config;

/** The place where a value was written, for messages about the value. */
sealed interface Origin {
    /** Returns the name of the key as written in this place. */
    String nameOf(Key<?> key);

    /** Returns the place, for brackets after a message. */
    String where();

    /** A command-line option. */
    record CommandLine() implements Origin {
        @Override
        public String nameOf(Key<?> key) {
            return key.option();
        }

        @Override
        public String where() {
            return "command line";
        }
    }

    /**
     * A line of a configuration file.
     *
     * @param where the file and line
     */
    record File(String where) implements Origin {
        @Override
        public String nameOf(Key<?> key) {
            return key.name();
        }
    }

    /** No place: the value is the default of the key. */
    record Default() implements Origin {
        @Override
        public String nameOf(Key<?> key) {
            return key.name();
        }

        @Override
        public String where() {
            return "default";
        }
    }
}
