package org.sparkgrad.job.config;

/** Where a value was written, to be named in a problem with it. */
sealed interface Origin {
    /** Returns the key as it is written there. */
    String nameOf(Key<?> key);

    /** Returns the place, to follow a problem in brackets. */
    String where();

    /** An option. */
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
     * @param where file and line
     */
    record File(String where) implements Origin {
        @Override
        public String nameOf(Key<?> key) {
            return key.name();
        }
    }

    /** Nowhere: the value is the key's default. */
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
