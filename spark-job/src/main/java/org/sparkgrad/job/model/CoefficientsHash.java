package org.sparkgrad.job.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.sparkgrad.gpu.block.Coefficients;

/** The fingerprint by which two runs are compared bit for bit. */
public final class CoefficientsHash {
    private CoefficientsHash() {}

    /** Returns SHA-256 over the coefficients as big-endian doubles, K rows of F + 1, intercept last. */
    public static String sha256(Coefficients coefficients) {
        double[] values = coefficients.values();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Double.BYTES);
        bytes.asDoubleBuffer().put(values);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
