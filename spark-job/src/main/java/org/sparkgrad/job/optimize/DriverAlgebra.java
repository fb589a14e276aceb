package org.sparkgrad.job.optimize;

/**
 * Pins the algebra of Breeze and MLlib in this JVM to its Java implementation. A BLAS of the machine would change the
 * bits, and a threaded LAPACK overflows the stack of Java's threads.
 */
public final class DriverAlgebra {
    private static final String NONE = "pinned-to-java";

    private DriverAlgebra() {}

    /** Takes effect if it is called before the first vector is multiplied in this JVM. */
    public static void pin() {
        for (String library : new String[] {"blas", "lapack", "arpack"}) {
            System.setProperty("dev.ludovic.netlib." + library + ".nativeLib", NONE);
            System.setProperty("dev.ludovic.netlib." + library + ".nativeLibPath", "/" + NONE);
        }
    }
}
