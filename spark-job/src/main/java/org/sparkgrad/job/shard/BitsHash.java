package org.sparkgrad.job.shard;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over numbers as big-endian doubles. Equal hashes mean equal bits. */
public final class BitsHash {
    private static final int CHUNK = 1 << 13;

    private final MessageDigest digest;
    private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Double.BYTES);

    /** Creates a hash of no numbers. */
    public BitsHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Adds numbers and returns this object. */
    public BitsHash add(double... numbers) {
        for (int from = 0; from < numbers.length; from += CHUNK) {
            int count = Math.min(CHUNK, numbers.length - from);
            chunk.clear().asDoubleBuffer().put(numbers, from, count);
            digest.update(chunk.limit(count * Double.BYTES));
        }
        return this;
    }

    /** Returns the 32 bytes of the hash and resets it. */
    public byte[] bytes() {
        return digest.digest();
    }
}
