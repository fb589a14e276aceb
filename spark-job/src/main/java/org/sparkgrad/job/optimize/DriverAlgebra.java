package org.sparkgrad.job.optimize;

/**
 * Fixes the algebra of Breeze and MLlib in this JVM to its Java implementation. A native BLAS would change the bits,
 * and a multithreaded LAPACK overflows the stack of Java's threads.
 */
public final class DriverAlgebra {
    private static final String NONE = "pinned-to-java";

    private DriverAlgebra() {}

    /** Fixes the implementation. The call has an effect only before the first vector is multiplied in this JVM. */
    public static void pin() {
        for (String library : new String[] {"blas", "lapack", "arpack"}) {
            System.setProperty("dev.ludovic.netlib." + library + ".nativeLib", NONE);
            System.setProperty("dev.ludovic.netlib." + library + ".nativeLibPath", "/" + NONE);
        }
    }
}
