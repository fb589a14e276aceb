package org.sparkgrad.job.report;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.package$;

/** The versions of the platform. */
public final class Versions {
    private Versions() {}

    /** Returns the versions of sparkgrad, Spark, Java and the operating system. */
    public static Map<String, String> current() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("sparkgrad", sparkgrad());
        versions.put("spark", package$.MODULE$.SPARK_VERSION());
        versions.put("java", System.getProperty("java.version", "unknown"));
        versions.put(
                "os",
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")));
        return versions;
    }

    private static String sparkgrad() {
        return Optional.ofNullable(Versions.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
