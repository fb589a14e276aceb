package org.sparkgrad.job.cli;

import java.util.List;

/**
 * An option of the launcher, scripts/sparkgrad, which reads the option itself.
 *
 * @param option the name of the option
 * @param placeholder the placeholder for the value
 * @param meaning the description
 */
record LauncherOption(String option, String placeholder, String meaning) {
    /** All launcher options. */
    static final List<LauncherOption> ALL = List.of(
            new LauncherOption("--master", "URL", "where Spark runs, local[*] when not given"),
            new LauncherOption(
                    "--driver-memory",
                    "SIZE",
                    "memory of the driver, such as 4g; locally half of the machine's by default"),
            new LauncherOption("--executor-memory", "SIZE", "memory of each executor"),
            new LauncherOption("--log", "plain|json", "how the driver logs: plain lines, or a JSON object a line"),
            new LauncherOption("--spark-conf", "KEY=VALUE", "any setting of Spark's; may be repeated"));
}
